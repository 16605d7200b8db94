using System.Text.Json.Serialization;

namespace MlKit.Mlflow;

/// <summary>A model as a thing of its own, with params, metrics and a folder of artifacts.</summary>
public sealed class LoggedModel
{
    /// <summary>Identity and state.</summary>
    public LoggedModelInfo Info { get; set; } = new();

    /// <summary>Params and metrics.</summary>
    public LoggedModelData Data { get; set; } = new();
}

/// <summary>Identity and state of a logged model.</summary>
public sealed class LoggedModelInfo
{
    /// <summary>The id: <c>m-</c> and 32 hexadecimal digits.</summary>
    public string ModelId { get; set; } = "";

    /// <summary>The experiment it belongs to.</summary>
    public string ExperimentId { get; set; } = "";

    /// <summary>The name; not unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long CreationTimestampMs { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LastUpdatedTimestampMs { get; set; }

    /// <summary>The URI of the model's folder.</summary>
    public string ArtifactUri { get; set; } = "";

    /// <summary>The state.</summary>
    public LoggedModelStatus Status { get; set; }

    /// <summary>A free kind, for example <c>ranker</c>, or null.</summary>
    public string? ModelType { get; set; }

    /// <summary>The run that made it, or null.</summary>
    public string? SourceRunId { get; set; }

    /// <summary>Why it is in its state, or null.</summary>
    public string? StatusMessage { get; set; }

    /// <summary>The registered versions that were made of it.</summary>
    public IReadOnlyList<ModelRegistration> Registrations { get; set; } = [];

    /// <summary>The tags.</summary>
    public IReadOnlyList<Tag> Tags { get; set; } = [];
}

/// <summary>A registered version that was made of a logged model.</summary>
/// <param name="Name">The registered model.</param>
/// <param name="Version">The version.</param>
public sealed record ModelRegistration(string Name, string Version);

/// <summary>Params and metrics of a logged model.</summary>
public sealed class LoggedModelData
{
    /// <summary>The params.</summary>
    public IReadOnlyList<Param> Params { get; set; } = [];

    /// <summary>The metric points.</summary>
    public IReadOnlyList<Metric> Metrics { get; set; } = [];
}

/// <summary>The state of a logged model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoggedModelStatus>))]
public enum LoggedModelStatus
{
    /// <summary>Not said.</summary>
    [JsonStringEnumMemberName("LOGGED_MODEL_STATUS_UNSPECIFIED")]
    Unspecified = 0,

    /// <summary>Created; files may be missing.</summary>
    [JsonStringEnumMemberName("LOGGED_MODEL_PENDING")]
    Pending = 1,

    /// <summary>Complete.</summary>
    [JsonStringEnumMemberName("LOGGED_MODEL_READY")]
    Ready = 2,

    /// <summary>Its files could not be stored.</summary>
    [JsonStringEnumMemberName("LOGGED_MODEL_UPLOAD_FAILED")]
    UploadFailed = 3,
}
