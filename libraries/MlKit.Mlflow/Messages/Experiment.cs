namespace MlKit.Mlflow;

/// <summary>An experiment: a named group of runs.</summary>
public sealed class Experiment
{
    /// <summary>The id, decimal digits as text.</summary>
    public string ExperimentId { get; set; } = "";

    /// <summary>The name, unique on the server.</summary>
    public string Name { get; set; } = "";

    /// <summary>The URI below which runs store artifacts.</summary>
    public string ArtifactLocation { get; set; } = "";

    /// <summary><c>active</c> or <c>deleted</c>.</summary>
    public string LifecycleStage { get; set; } = "";

    /// <summary>Creation time, Unix milliseconds.</summary>
    public long CreationTime { get; set; }

    /// <summary>Time of the last change, Unix milliseconds.</summary>
    public long LastUpdateTime { get; set; }

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];
}
