namespace MlKit.Tracking.Metrics;

/// <summary>One point as it comes in. Infinities are stored as the largest doubles, as MLflow's SQL store does.</summary>
internal readonly record struct MetricPoint(
    string Key, double Value, bool IsNan, long Timestamp, long Step, string? ModelId, string? DatasetName,
    string? DatasetDigest)
{
    /// <summary>The order in which the greatest is the latest: step, time, value (NaN counting as 0).</summary>
    public bool IsAfter(MetricPoint other) =>
        Step != other.Step ? Step > other.Step
        : Timestamp != other.Timestamp ? Timestamp > other.Timestamp
        : Value > other.Value;
}
