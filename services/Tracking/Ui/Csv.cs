using System.Globalization;
using System.Text;

namespace MlKit.Tracking.Ui;

/// <summary>Writes CSV that spreadsheets open without running anything that was logged.</summary>
internal static class Csv
{
    private static readonly char[] Quoted = [',', '"', '\n', '\r'];

    public static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    private static string Cell(string cell)
    {
        // A spreadsheet takes these for the beginning of a formula.
        var harmless = cell.Length > 0 && "=+-@\t".Contains(cell[0], StringComparison.Ordinal)
            && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                ? "'" + cell
                : cell;
        return harmless.IndexOfAny(Quoted) < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
