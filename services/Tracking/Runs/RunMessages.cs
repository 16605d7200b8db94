using System.Text.Json.Serialization;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Metrics;

namespace MlKit.Tracking.Runs;

internal sealed record RunInfoMessage(
    string RunId, string RunUuid, string RunName, string ExperimentId, string UserId, RunStatus Status, long StartTime,
    long? EndTime, string ArtifactUri, string LifecycleStage);

internal sealed record RunDataMessage(
    IReadOnlyList<MetricMessage>? Metrics, IReadOnlyList<KeyValue>? Params, IReadOnlyList<KeyValue>? Tags);

internal sealed record DatasetMessage(
    string Name, string Digest, string SourceType, string Source, string? Schema, string? Profile);

internal sealed record DatasetInputMessage(IReadOnlyList<KeyValue>? Tags, DatasetMessage Dataset);

internal sealed record ModelInputMessage(string ModelId);

internal sealed record ModelOutputMessage(string ModelId, long Step);

internal sealed record RunInputsMessage(
    IReadOnlyList<DatasetInputMessage>? DatasetInputs, IReadOnlyList<ModelInputMessage>? ModelInputs);

internal sealed record RunOutputsMessage(IReadOnlyList<ModelOutputMessage>? ModelOutputs);

internal sealed record RunMessage(
    RunInfoMessage Info, RunDataMessage Data, RunInputsMessage Inputs, RunOutputsMessage Outputs);

internal sealed record RunReply(RunMessage Run);

internal sealed record RunInfoReply(RunInfoMessage RunInfo);

internal sealed record RunsReply(IReadOnlyList<RunMessage>? Runs, string? NextPageToken);

/// <summary>The state of a run, by its numbers in the protocol.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunStatus>))]
internal enum RunStatus
{
    [JsonStringEnumMemberName("RUNNING")]
    Running = 1,

    [JsonStringEnumMemberName("SCHEDULED")]
    Scheduled = 2,

    [JsonStringEnumMemberName("FINISHED")]
    Finished = 3,

    [JsonStringEnumMemberName("FAILED")]
    Failed = 4,

    [JsonStringEnumMemberName("KILLED")]
    Killed = 5,
}
