namespace MlKit.Tracking.Datasets;

internal sealed record DatasetSummaryMessage(string ExperimentId, string Name, string Digest, string? Context);

internal sealed record DatasetSummariesReply(IReadOnlyList<DatasetSummaryMessage>? DatasetSummaries);
