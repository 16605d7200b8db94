namespace MlKit.Tracking.Metrics;

/// <summary>A point of a history whose run and key are known. Ordered by time, step and value, NaN counting as 0.</summary>
internal readonly record struct HistoryPoint(double Value, long Timestamp, long Step) : IComparable<HistoryPoint>
{
    public int CompareTo(HistoryPoint other) =>
        Timestamp != other.Timestamp ? Timestamp.CompareTo(other.Timestamp)
        : Step != other.Step ? Step.CompareTo(other.Step)
        : Sortable(Value).CompareTo(Sortable(other.Value));

    public MetricMessage ToMessage(string key, string runId) => new(key, Value, Timestamp, Step, RunId: runId);

    private static double Sortable(double value) => double.IsNaN(value) ? 0 : value;
}
