using System.Collections;
using System.Globalization;
using System.Text.Json;
using MlKit.Feast;

namespace MlKit.Tests;

/// <summary>Rows as sorted lines of text, so that sets of rows can be compared; numbers by value, times in UTC.</summary>
internal static class Rows
{
    public static string Of(FeatureFrame frame) => Lines(
        Enumerable.Range(0, frame.RowCount).Select(row => string.Join(" | ", frame.Columns.Select(column => $"{column.Name}={Shown(column[row])}"))));

    public static string Of(JsonElement columnsAndRows)
    {
        var columns = columnsAndRows.Texts("columns");
        return Lines(columnsAndRows.GetProperty("rows").EnumerateArray().Select(row =>
            string.Join(" | ", columns.Zip(row.EnumerateArray(), (name, value) => $"{name}={Shown(JsonText.Native(value))}"))));
    }

    public static string OfObjects(IEnumerable<JsonElement> rows) => Lines(rows.Select(row =>
        string.Join(" | ", row.EnumerateObject().Select(member => $"{member.Name}={Shown(JsonText.Native(member.Value))}"))));

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));

    private static string Shown(object? value) => value switch
    {
        null or double.NaN or float.NaN => "null",
        DateTimeOffset time => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        // Text that is a time stands for it: the recordings print times as text.
        string text => DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Shown(time)
            : text,
        IEnumerable items => $"[{string.Join(",", items.Cast<object?>().Select(Shown))}]",
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
    };

    private static readonly string[] Formats =
    [
        "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFK", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFK",
    ];
}
