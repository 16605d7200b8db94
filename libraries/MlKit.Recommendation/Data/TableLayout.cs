using System.Globalization;

namespace MlKit.Recommendation.Data;

/// <summary>Which column of a table holds what; -1 where an optional column is absent.</summary>
internal sealed record TableLayout(int Count, int User, int Item, int Timestamp, int Value)
{
    /// <summary>Whole numbers from here on are seconds of a date after 1973; ratings and counts stay below.</summary>
    private const long LeastSeconds = 100_000_000;

    /// <summary>Finds the columns by the names of a header.</summary>
    /// <exception cref="DataFormatException">A needed or chosen column is absent.</exception>
    public static TableLayout OfHeader(IReadOnlyList<string> header, CsvColumns columns, Func<string, DataFormatException> fault)
    {
        string[] names = [.. header.Select(name => name.Trim().Split(':')[0])];
        return new TableLayout(
            names.Length,
            Find(names, columns.User, CsvColumns.UsualUser, "user", required: true, fault),
            Find(names, columns.Item, CsvColumns.UsualItem, "item", required: true, fault),
            Find(names, columns.Timestamp, CsvColumns.UsualTimestamp, "timestamp", required: false, fault),
            Find(names, columns.Value, CsvColumns.UsualValue, "value", required: false, fault));
    }

    /// <summary>
    /// The layout of a table without a header, by its first row: user item, user item value, user item seconds, or user
    /// item value seconds. Null where the row looks like a header: none of its fields is a number.
    /// </summary>
    public static TableLayout? OfFirstRow(IReadOnlyList<string> fields)
    {
        if (fields.Count is < 2 or > 4 || !fields.Any(IsNumber))
        {
            return null;
        }

        var last = fields.Count - 1;
        var timed = last >= 2 && long.TryParse(fields[last], CultureInfo.InvariantCulture, out var seconds) && seconds >= LeastSeconds;
        return new TableLayout(fields.Count, 0, 1, timed ? last : -1, fields.Count == 4 || (last == 2 && !timed) ? 2 : -1);
    }

    private static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static int Find(
        string[] header, string? chosen, string[] usual, string role, bool required, Func<string, DataFormatException> fault)
    {
        string[] names = chosen is null ? usual : [chosen];
        foreach (var name in names)
        {
            var at = Array.FindIndex(header, column => column.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (at >= 0)
            {
                return at;
            }
        }

        return !required && chosen is null
            ? -1
            : throw fault(
                $"the header has no column for the {role} ({string.Join(" or ", names)}); its columns are {string.Join(", ", header)}");
    }
}
