using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>The answers of the three services: empty, or a partial success that says what was refused and why.</summary>
internal static class OtlpResponses
{
    /// <summary>The answer to spans.</summary>
    public static ExportTraceServiceResponse ForTraces(IngestResult result) => result.Rejected == 0 ? new() : new()
    {
        PartialSuccess = new ExportTracePartialSuccess { RejectedSpans = result.Rejected, ErrorMessage = result.Reason },
    };

    /// <summary>The answer to log records.</summary>
    public static ExportLogsServiceResponse ForLogs(IngestResult result) => result.Rejected == 0 ? new() : new()
    {
        PartialSuccess = new ExportLogsPartialSuccess { RejectedLogRecords = result.Rejected, ErrorMessage = result.Reason },
    };

    /// <summary>The answer to metrics.</summary>
    public static ExportMetricsServiceResponse ForMetrics(IngestResult result) => result.Rejected == 0 ? new() : new()
    {
        PartialSuccess = new ExportMetricsPartialSuccess { RejectedDataPoints = result.Rejected, ErrorMessage = result.Reason },
    };
}
