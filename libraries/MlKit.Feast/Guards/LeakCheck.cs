using System.Collections;

namespace MlKit.Feast;

/// <summary>
/// Repeats a join with the clock moved back. A row at or before the earlier clock must not change: if it does, it knows
/// something that came only after it.
/// </summary>
public static class LeakCheck
{
    private const int Shown = 100;

    /// <summary>Checks any way to make training rows.</summary>
    /// <param name="join">Makes the rows as they would have been made at a time; the same rows in the same order each time.</param>
    /// <param name="now">The clock of today.</param>
    /// <param name="earlier">The clock moved back.</param>
    /// <param name="timeColumn">The column with the rows' times.</param>
    /// <exception cref="FeastException">The two runs have different columns or numbers of rows, or a row has no time.</exception>
    public static async Task<LeakReport> RunAsync(
        Func<DateTimeOffset, Task<FeatureFrame>> join, DateTimeOffset now, DateTimeOffset earlier, string timeColumn = HistoricalRequest.TimeName)
    {
        ArgumentNullException.ThrowIfNull(join);
        var today = await join(now);
        var then = await join(earlier);
        if (today.RowCount != then.RowCount || !today.Columns.Select(column => column.Name).SequenceEqual(then.Columns.Select(column => column.Name)))
        {
            throw new FeastException(
                $"with the clock moved back the join gives {then.RowCount} rows of other columns or another number than the {today.RowCount} of today; it must give the same rows");
        }

        var times = today[timeColumn];
        var leaks = new List<Leak>();
        var rows = 0;
        for (var row = 0; row < today.RowCount; row++)
        {
            if (OfflineValue.EventTime(times[row], times.Name, row) is not { } time || time > earlier)
            {
                continue;
            }

            rows++;
            leaks.AddRange(today.Columns.Where(column => !Same(column[row], then[column.Name][row])).Take(Shown - leaks.Count)
                .Select(column => new Leak(row, time, column.Name, column[row], then[column.Name][row])));
        }

        return new LeakReport(rows, leaks);
    }

    private static bool Same(object? one, object? other) => (one, other) switch
    {
        (string left, string right) => left == right,
        (IEnumerable left, IEnumerable right) => left.Cast<object?>().SequenceEqual(right.Cast<object?>()),
        _ => Equals(one, other),
    };
}
