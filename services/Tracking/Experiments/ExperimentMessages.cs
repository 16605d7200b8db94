namespace MlKit.Tracking.Experiments;

internal sealed record KeyValue(string Key, string Value);

internal sealed record ExperimentMessage(
    string ExperimentId, string Name, string ArtifactLocation, string LifecycleStage,
    long LastUpdateTime, long CreationTime, IReadOnlyList<KeyValue>? Tags);

internal sealed record ExperimentIdReply(string ExperimentId);

internal sealed record ExperimentReply(ExperimentMessage Experiment);

internal sealed record ExperimentsReply(IReadOnlyList<ExperimentMessage>? Experiments, string? NextPageToken);
