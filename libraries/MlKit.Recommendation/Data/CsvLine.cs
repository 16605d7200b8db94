using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>Splits one line of RFC 4180 CSV; a quoted field must end on its line.</summary>
internal static class CsvLine
{
    public static List<string> Split(string line, char separator)
    {
        if (!line.Contains('"'))
        {
            return [.. line.Split(separator)];
        }

        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            fields.Add(at < line.Length && line[at] == '"' ? Quoted(line, ref at, separator) : Plain(line, ref at, separator));
            if (at >= line.Length)
            {
                return fields;
            }

            at++;
            if (at == line.Length)
            {
                fields.Add("");
                return fields;
            }
        }
    }

    private static string Plain(string line, ref int at, char separator)
    {
        var end = line.IndexOf(separator, at);
        end = end < 0 ? line.Length : end;
        var field = line[at..end];
        at = end;
        return field;
    }

    private static string Quoted(string line, ref int at, char separator)
    {
        var text = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                text.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                text.Append('"');
                at++;
            }
            else
            {
                at++;
                break;
            }
        }

        // Whatever follows the closing quote belongs to the field: nothing is dropped silently.
        return text.Append(Plain(line, ref at, separator)).ToString();
    }
}
