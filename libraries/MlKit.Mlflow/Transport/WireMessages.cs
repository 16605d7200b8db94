namespace MlKit.Mlflow.Transport;

/// <summary>Requests and answers that exist only on the wire. Members that are null are not sent.</summary>
internal sealed record CreateExperimentRequest(string Name, IReadOnlyList<Tag>? Tags);

internal sealed record CreateExperimentResponse(string ExperimentId);

internal sealed record ExperimentResponse(Experiment Experiment);

internal sealed record SearchExperimentsRequest(
    string? Filter, int MaxResults, IReadOnlyList<string>? OrderBy, string? PageToken, string ViewType);

internal sealed record SearchExperimentsResponse(IReadOnlyList<Experiment>? Experiments, string? NextPageToken);

internal sealed record ExperimentIdRequest(string ExperimentId);

internal sealed record SetExperimentTagRequest(string ExperimentId, string Key, string Value);

internal sealed record DeleteExperimentTagRequest(string ExperimentId, string Key);

internal sealed record UpdateExperimentRequest(string ExperimentId, string NewName);

internal sealed record CreateRunRequest(
    string ExperimentId, string? RunName, string UserId, long StartTime, IReadOnlyList<Tag>? Tags);

internal sealed record RunResponse(Run Run);

internal sealed record UpdateRunRequest(string RunId, string? Status, long? EndTime, string? RunName);

internal sealed record UpdateRunResponse(RunInfo RunInfo);

internal sealed record RunIdRequest(string RunId);

internal sealed record SearchRunsRequest(
    IReadOnlyList<string> ExperimentIds, string? Filter, string RunViewType, int MaxResults,
    IReadOnlyList<string>? OrderBy, string? PageToken);

internal sealed record SearchRunsResponse(IReadOnlyList<Run>? Runs, string? NextPageToken);

internal sealed record LogBatchRequest(
    string RunId, IReadOnlyList<Metric> Metrics, IReadOnlyList<Param> Params, IReadOnlyList<Tag> Tags);

internal sealed record LogMetricRequest(
    string RunId, string Key, double Value, long Timestamp, long Step, string? ModelId);

internal sealed record LogParamRequest(string RunId, string Key, string Value);

internal sealed record RunTagRequest(string RunId, string Key, string? Value);

internal sealed record MetricHistoryResponse(IReadOnlyList<Metric>? Metrics, string? NextPageToken);

internal sealed record RunOutputsRequest(string RunId, IReadOnlyList<ModelOutput> Models);

internal sealed record RunInputsRequest(
    string RunId, IReadOnlyList<DatasetInput> Datasets, IReadOnlyList<ModelInput>? Models);

internal sealed record SampledHistoryResponse(IReadOnlyList<SampledMetric>? Metrics);

internal sealed record CreateLoggedModelRequest(
    string ExperimentId, string Name, string? ModelType, string? SourceRunId,
    IReadOnlyList<Param>? Params, IReadOnlyList<Tag>? Tags);

internal sealed record LoggedModelResponse(LoggedModel Model);

internal sealed record FinalizeLoggedModelRequest(string ModelId, LoggedModelStatus Status);

internal sealed record LoggedModelTagsRequest(IReadOnlyList<Tag> Tags);

internal sealed record SearchLoggedModelsRequest(
    IReadOnlyList<string> ExperimentIds, string? Filter, int MaxResults, string? PageToken);

internal sealed record SearchLoggedModelsResponse(IReadOnlyList<LoggedModel>? Models, string? NextPageToken);

internal sealed record CreateRegisteredModelRequest(string Name, string? Description, IReadOnlyList<Tag>? Tags);

internal sealed record RegisteredModelResponse(RegisteredModel RegisteredModel);

internal sealed record DescribeModelRequest(string Name, string Description);

internal sealed record RenameModelRequest(string Name, string NewName);

internal sealed record DescribeVersionRequest(string Name, string Version, string Description);

internal sealed record TransitionStageRequest(string Name, string Version, string Stage, bool ArchiveExistingVersions);

internal sealed record NameRequest(string Name);

internal sealed record SearchRegisteredModelsResponse(
    IReadOnlyList<RegisteredModel>? RegisteredModels, string? NextPageToken);

internal sealed record CreateModelVersionRequest(
    string Name, string Source, string? RunId, string? ModelId, string? Description, IReadOnlyList<Tag>? Tags);

internal sealed record ModelVersionResponse(ModelVersion ModelVersion);

internal sealed record SearchModelVersionsResponse(IReadOnlyList<ModelVersion>? ModelVersions, string? NextPageToken);

internal sealed record LatestVersionsRequest(string Name, IReadOnlyList<string>? Stages);

internal sealed record AliasRequest(string Name, string Alias, string? Version);

internal sealed record RegisteredModelTagRequest(string Name, string Key, string? Value);

internal sealed record ModelVersionTagRequest(string Name, string Version, string Key, string? Value);

internal sealed record ModelVersionRequest(string Name, string Version);

internal sealed record DownloadUriResponse(string? ArtifactUri);

internal sealed record ListArtifactsResponse(string? RootUri, IReadOnlyList<ArtifactEntry>? Files, string? NextPageToken);

internal sealed record ErrorBody(string? ErrorCode, string? Message);

internal sealed class EmptyResponse;
