using System.Text.Json.Serialization;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Metrics;

namespace MlKit.Tracking.LoggedModels;

internal sealed record LoggedModelInfoMessage(
    string ModelId, string ExperimentId, string Name, long CreationTimestampMs, long LastUpdatedTimestampMs,
    string ArtifactUri, LoggedModelStatus Status, string ModelType, string SourceRunId, string? StatusMessage,
    IReadOnlyList<KeyValue>? Tags, IReadOnlyList<RegistrationMessage>? Registrations);

internal sealed record RegistrationMessage(string Name, string Version);

internal sealed record LoggedModelDataMessage(IReadOnlyList<KeyValue>? Params, IReadOnlyList<MetricMessage>? Metrics);

internal sealed record LoggedModelMessage(LoggedModelInfoMessage Info, LoggedModelDataMessage Data);

internal sealed record LoggedModelReply(LoggedModelMessage Model);

internal sealed record LoggedModelsReply(IReadOnlyList<LoggedModelMessage>? Models, string? NextPageToken);

/// <summary>The state of a logged model, by its numbers in the protocol.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoggedModelStatus>))]
internal enum LoggedModelStatus
{
    [JsonStringEnumMemberName("LOGGED_MODEL_STATUS_UNSPECIFIED")]
    Unspecified = 0,

    [JsonStringEnumMemberName("LOGGED_MODEL_PENDING")]
    Pending = 1,

    [JsonStringEnumMemberName("LOGGED_MODEL_READY")]
    Ready = 2,

    [JsonStringEnumMemberName("LOGGED_MODEL_UPLOAD_FAILED")]
    UploadFailed = 3,
}
