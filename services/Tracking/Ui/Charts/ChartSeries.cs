namespace MlKit.Tracking.Ui.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="RunId">Whose it is.</param>
/// <param name="Label">What that run is called; not unique.</param>
/// <param name="Hue">Its colour, 0 to 9.</param>
/// <param name="Points">Its points, in the order in which they were logged.</param>
public sealed record ChartSeries(string RunId, string Label, int Hue, IReadOnlyList<ChartPoint> Points);

/// <summary>One point.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Value">The value; NaN makes a gap.</param>
public sealed record ChartPoint(long Step, long Timestamp, double Value);
