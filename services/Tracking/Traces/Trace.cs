using System.Data.Common;

namespace MlKit.Tracking.Traces;

/// <summary>A trace's row; <c>Number</c> is the small number that its other rows carry.</summary>
internal sealed record Trace(
    long Number, string TraceId, long ExperimentId, long TimestampMs, long? ExecutionMs, string State,
    string? ClientRequestId, string? RequestPreview, string? ResponsePreview)
{
    public const string Columns = "t.trace, t.trace_id, t.experiment_id, t.timestamp_ms, t.execution_ms, t.state, "
        + "t.client_request_id, t.request_preview, t.response_preview";

    public static Trace Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4),
        row.GetString(5), Text(row, 6), Text(row, 7), Text(row, 8));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
