namespace MlKit.Tracking.Metrics;

/// <summary>A point of a history whose run and key are known.</summary>
internal readonly record struct HistoryPoint(double Value, long Timestamp, long Step)
{
    public MetricMessage ToMessage(string key, string runId) => new(key, Value, Timestamp, Step, RunId: runId);
}
