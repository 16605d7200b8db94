namespace MlKit.Tracking.Ui.Charts;

/// <summary>What runs along a chart.</summary>
public enum ChartAxis
{
    /// <summary>The training step.</summary>
    Step,

    /// <summary>The time of day.</summary>
    Time,

    /// <summary>The time since the first point of each line.</summary>
    Relative,
}

/// <summary>How charts are drawn.</summary>
/// <param name="Axis">What runs along them.</param>
/// <param name="LogX">Whether it runs by powers of ten.</param>
/// <param name="LogY">Whether values rise by powers of ten.</param>
/// <param name="Smoothing">0 for none, below 1.</param>
public sealed record ChartOptions(ChartAxis Axis = ChartAxis.Step, bool LogX = false, bool LogY = false, double Smoothing = 0);
