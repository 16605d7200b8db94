namespace MlKit.Dashboard.Telemetry;

/// <summary>An instrument over a span of time, in steps of equal length.</summary>
/// <param name="FromNanos">Where it begins, in nanoseconds since 1970.</param>
/// <param name="ToNanos">Where it ends.</param>
/// <param name="Lines">The lines; all have the same number of values.</param>
/// <param name="Hidden">How many further series have no line of their own.</param>
public sealed record Chart(long FromNanos, long ToNanos, IReadOnlyList<ChartLine> Lines, int Hidden)
{
    /// <summary>The greatest value of all lines; 0 when there is none.</summary>
    public double Maximum => Lines.SelectMany(line => line.Values).OfType<double>().DefaultIfEmpty().Max();

    /// <summary>The smallest value of all lines; 0 when there is none.</summary>
    public double Minimum => Lines.SelectMany(line => line.Values).OfType<double>().DefaultIfEmpty().Min();
}

/// <summary>One line of a chart.</summary>
/// <param name="Label">What it shows.</param>
/// <param name="Values">One value per step; null where nothing was measured.</param>
public sealed record ChartLine(string Label, IReadOnlyList<double?> Values)
{
    /// <summary>The newest value; null when there is none.</summary>
    public double? Last => Values.LastOrDefault(value => value is not null);
}
