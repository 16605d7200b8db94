namespace MlKit.Dashboard.History;

/// <summary>Whether, where and how much of past runs is kept.</summary>
internal sealed record HistoryOptions
{
    /// <summary>The name of the one run of <see cref="HistoryMode.Resume"/>.</summary>
    public const string ResumedRun = "resume";

    /// <summary>What is kept.</summary>
    public HistoryMode Mode { get; init; }

    /// <summary>The folder of all applications.</summary>
    public string Directory { get; init; } = Path.Combine(".mlkit", "dashboard");

    /// <summary>The name of the run that goes on now; null: the time of its start.</summary>
    public string? RunId { get; init; }

    /// <summary>Runs kept of one application, the present one included.</summary>
    public int MaxRunCount { get; init; } = 10;

    /// <summary>Megabytes of one run's database; the oldest telemetry goes first.</summary>
    public int MaxRunMegabytes { get; init; } = 64;

    /// <summary>True when runs are written to disk.</summary>
    public bool IsOn => Mode != HistoryMode.None;
}
