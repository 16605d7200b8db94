using System.Text;

namespace MlKit.Aspire.Embedded.Terminal;

/// <summary>A table of text with columns as wide as their content.</summary>
internal static class ResourceTable
{
    private static readonly string[] Header = ["Resource", "State", "Address"];

    /// <summary>The table: a header, a rule, and one line per row.</summary>
    public static string Format(IEnumerable<(string Resource, string State, string Address)> rows)
    {
        var lines = rows.Select(r => new[] { r.Resource, r.State, r.Address }).Prepend(Header).ToList();
        var widths = Enumerable.Range(0, Header.Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            text.AppendLine(string.Join("  ", lines[i].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (i == 0)
            {
                text.AppendLine(string.Join("  ", widths.Select(width => new string('-', width))));
            }
        }

        return text.ToString();
    }
}
