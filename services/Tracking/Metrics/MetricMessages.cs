namespace MlKit.Tracking.Metrics;

/// <summary>A point; the model and data set members only for logged models, the run for bulk histories.</summary>
internal sealed record MetricMessage(
    string Key, double Value, long Timestamp, long Step, string? ModelId = null, string? DatasetName = null,
    string? DatasetDigest = null, string? RunId = null);

internal sealed record MetricsReply(IReadOnlyList<MetricMessage>? Metrics, string? NextPageToken);
