using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Logs.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>Stores the log records of OTLP requests.</summary>
internal sealed class LogIngest(
    LogStore store, OtlpResources resources, OtlpAttributes attributes, OtlpStatistics statistics, TimeProvider time)
{
    private const string TemplateAttribute = "{OriginalFormat}";

    /// <summary>Stores the records.</summary>
    public IngestResult Add(ExportLogsServiceRequest request)
    {
        var entries = new List<LogEntry>();
        var rejected = 0;
        foreach (var group in request.ResourceLogs)
        {
            var resource = resources.Resolve(group.Resource);
            foreach (var scope in group.ScopeLogs)
            {
                if (resource is null)
                {
                    rejected += scope.LogRecords.Count;
                    continue;
                }

                var scopeName = attributes.Share(scope.Scope?.Name ?? "");
                foreach (var record in scope.LogRecords)
                {
                    entries.Add(Convert(record, resource, scopeName));
                }
            }
        }

        store.Add(entries);
        var result = new IngestResult(entries.Count, rejected, rejected > 0 ? IngestResult.TooManyResources : "");
        statistics.Count("log records", result);
        return result;
    }

    private LogEntry Convert(LogRecord record, TelemetryResource resource, string scope)
    {
        // Ids of a wrong length only lose the link to a trace; the message itself is still worth keeping.
        _ = TraceId.TryRead(record.TraceId.Span, out var traceId);
        _ = SpanId.TryRead(record.SpanId.Span, out var spanId);
        return new LogEntry
        {
            Number = store.NextNumber(),
            Resource = resource,
            Scope = scope,
            TimeNanos = TimeOf(record),
            Severity = SeverityOf(record.SeverityNumber),
            Message = attributes.Text(record.Body),
            EventName = attributes.Share(record.EventName),
            TraceId = traceId,
            SpanId = spanId,
            Attributes = attributes.Copy(record.Attributes, key => key != TemplateAttribute),
        };
    }

    private long TimeOf(LogRecord record) =>
        record.TimeUnixNano != 0 ? OtlpTime.Nanos(record.TimeUnixNano)
        : record.ObservedTimeUnixNano != 0 ? OtlpTime.Nanos(record.ObservedTimeUnixNano)
        : (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static LogSeverity SeverityOf(SeverityNumber number) => (int)number switch
    {
        < 1 => LogSeverity.Information,
        <= 4 => LogSeverity.Trace,
        <= 8 => LogSeverity.Debug,
        <= 12 => LogSeverity.Information,
        <= 16 => LogSeverity.Warning,
        <= 20 => LogSeverity.Error,
        _ => LogSeverity.Critical,
    };
}
