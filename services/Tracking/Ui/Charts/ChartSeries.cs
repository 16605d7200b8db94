namespace MlKit.Tracking.Ui.Charts;

/// <summary>One line of a chart.</summary>
/// <param name="RunId">Whose it is: a run, or a group of runs.</param>
/// <param name="Label">What that is called; not unique.</param>
/// <param name="Hue">Its colour, 0 to 9.</param>
/// <param name="Points">Its points, in the order in which they were logged.</param>
/// <param name="Colour">A colour that someone chose instead, as CSS; or null.</param>
/// <param name="Band">The least and the most at each point, for the mean of a group; or null.</param>
public sealed record ChartSeries(
    string RunId, string Label, int Hue, IReadOnlyList<ChartPoint> Points, string? Colour = null, IReadOnlyList<(double Low, double High)>? Band = null)
{
    /// <summary>The colour as style of an element, which a class with the number of the colour has already; null for none.</summary>
    public string? Style => Colour is null ? null : $"--hue:{Colour}";
}

/// <summary>One point.</summary>
/// <param name="Step">The training step.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Value">The value; NaN makes a gap.</param>
public sealed record ChartPoint(long Step, long Timestamp, double Value);
