using System.Text;

namespace MlKit.Tracking.Ui.Artifacts;

/// <summary>Reads CSV and TSV for previews: quoted fields, doubled quotes, line breaks inside quotes.</summary>
internal static class DelimitedText
{
    /// <summary>The first rows.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, char separator, int mostRows)
    {
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length && rows.Count < mostRows; i++)
        {
            var character = text[i];
            if (quoted)
            {
                if (character != '"')
                {
                    field.Append(character);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (character == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (character == separator)
            {
                EndField();
            }
            else if (character == '\n')
            {
                EndRow();
            }
            else if (character != '\r')
            {
                field.Append(character);
            }
        }

        if (rows.Count < mostRows && (field.Length > 0 || row.Count > 0))
        {
            EndRow();
        }

        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
        }

        void EndRow()
        {
            EndField();
            rows.Add(row);
            row = [];
        }
    }
}
