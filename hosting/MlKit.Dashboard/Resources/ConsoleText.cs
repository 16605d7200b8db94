using System.Globalization;
using System.Text;

namespace MlKit.Dashboard.Resources;

/// <summary>Console lines as plain text: the time, the resource where there are several, the line without its colours.</summary>
internal static class ConsoleText
{
    /// <summary>One line of text per line.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="names">The resources' names by their ids; null where the lines are of one.</param>
    public static string Of(IEnumerable<ConsoleLine> lines, IReadOnlyDictionary<string, string>? names)
    {
        var content = new StringBuilder();
        foreach (var line in lines)
        {
            content.Append(line.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)).Append(' ');
            if (names is not null)
            {
                content.Append('[').Append(names.GetValueOrDefault(line.ResourceId, line.ResourceId)).Append("] ");
            }

            content.Append(AnsiText.Strip(line.Content)).Append('\n');
        }

        return content.ToString();
    }
}
