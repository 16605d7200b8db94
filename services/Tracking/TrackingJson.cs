using System.Text.Json.Serialization;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Datasets;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.LoggedModels;
using MlKit.Tracking.Metrics;
using MlKit.Tracking.Registry;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Traces;

namespace MlKit.Tracking;

/// <summary>Every answer's shape: snake case, unset members left out, NaN and infinities by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ExperimentIdReply))]
[JsonSerializable(typeof(ExperimentReply))]
[JsonSerializable(typeof(ExperimentsReply))]
[JsonSerializable(typeof(DatasetSummariesReply))]
[JsonSerializable(typeof(RunReply))]
[JsonSerializable(typeof(RunInfoReply))]
[JsonSerializable(typeof(RunsReply))]
[JsonSerializable(typeof(RunStatus))]
[JsonSerializable(typeof(MetricsReply))]
[JsonSerializable(typeof(LoggedModelReply))]
[JsonSerializable(typeof(LoggedModelsReply))]
[JsonSerializable(typeof(RegisteredModelReply))]
[JsonSerializable(typeof(RegisteredModelsReply))]
[JsonSerializable(typeof(ModelVersionReply))]
[JsonSerializable(typeof(ModelVersionsReply))]
[JsonSerializable(typeof(DownloadUriReply))]
[JsonSerializable(typeof(FilesReply))]
[JsonSerializable(typeof(TraceReply))]
[JsonSerializable(typeof(TracesReply))]
[JsonSerializable(typeof(TraceInfosReply))]
[JsonSerializable(typeof(TraceSearchReply))]
[JsonSerializable(typeof(TracesDeletedReply))]
[JsonSerializable(typeof(ServerInfoReply))]
internal sealed partial class TrackingJson : JsonSerializerContext;

internal sealed record ServerInfoReply(
    string StoreType, bool WorkspacesEnabled, bool TraceArchivalEnabled, bool MultipartUploadsEnabled,
    bool MultipartDownloadsEnabled);
