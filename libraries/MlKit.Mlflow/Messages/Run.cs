using System.Text.Json.Serialization;

namespace MlKit.Mlflow;

/// <summary>A run with what it logged.</summary>
public sealed class Run
{
    /// <summary>Identity and state.</summary>
    public RunInfo Info { get; set; } = new();

    /// <summary>Latest metrics, params and tags.</summary>
    public RunData Data { get; set; } = new();

    /// <summary>Data sets and models that it was given.</summary>
    public RunInputs Inputs { get; set; } = new();

    /// <summary>Models that it made.</summary>
    public RunOutputs Outputs { get; set; } = new();
}

/// <summary>Identity and state of a run.</summary>
public sealed class RunInfo
{
    /// <summary>The id, 32 hexadecimal digits.</summary>
    public string RunId { get; set; } = "";

    /// <summary>The name; the same as tag <c>mlflow.runName</c>.</summary>
    public string RunName { get; set; } = "";

    /// <summary>Who started it, or empty text.</summary>
    public string UserId { get; set; } = "";

    /// <summary>The experiment it belongs to.</summary>
    public string ExperimentId { get; set; } = "";

    /// <summary>The state.</summary>
    public RunStatus Status { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long StartTime { get; set; }

    /// <summary>Unix milliseconds, or null while the run goes on.</summary>
    public long? EndTime { get; set; }

    /// <summary>The URI of its artifacts.</summary>
    public string ArtifactUri { get; set; } = "";

    /// <summary><c>active</c> or <c>deleted</c>.</summary>
    public string LifecycleStage { get; set; } = "";
}

/// <summary>What a run logged.</summary>
public sealed class RunData
{
    /// <summary>The latest point of each metric.</summary>
    public IReadOnlyList<Metric> Metrics { get; set; } = [];

    /// <summary>The params.</summary>
    public IReadOnlyList<Param> Params { get; set; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];
}

/// <summary>The state of a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
public enum RunStatus
{
    /// <summary>Going on.</summary>
    [JsonStringEnumMemberName("RUNNING")]
    Running = 1,

    /// <summary>Planned.</summary>
    [JsonStringEnumMemberName("SCHEDULED")]
    Scheduled = 2,

    /// <summary>Ended well.</summary>
    [JsonStringEnumMemberName("FINISHED")]
    Finished = 3,

    /// <summary>Ended with an error.</summary>
    [JsonStringEnumMemberName("FAILED")]
    Failed = 4,

    /// <summary>Stopped from outside.</summary>
    [JsonStringEnumMemberName("KILLED")]
    Killed = 5,
}
