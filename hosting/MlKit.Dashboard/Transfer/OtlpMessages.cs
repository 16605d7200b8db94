using Google.Protobuf;
using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Trace.V1;
using OtlpResource = OpenTelemetry.Proto.Resource.V1.Resource;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;
using Span = MlKit.Dashboard.Telemetry.Span;

namespace MlKit.Dashboard.Transfer;

/// <summary>Turns what is kept back into OTLP. Attributes have become text on their way in and stay so.</summary>
internal static class OtlpMessages
{
    /// <summary>The log records of one sender.</summary>
    public static ResourceLogs Logs(TelemetryResource sender, IEnumerable<LogEntry> entries) => new()
    {
        Resource = Sender(sender.Name, sender.InstanceId),
        ScopeLogs =
        {
            entries.GroupBy(entry => entry.Scope).Select(scope => new ScopeLogs
            {
                Scope = new InstrumentationScope { Name = scope.Key },
                LogRecords = { scope.Select(Record) },
            }),
        },
    };

    /// <summary>The spans of one sender.</summary>
    public static ResourceSpans Spans(TelemetryResource sender, IEnumerable<Span> spans) => new()
    {
        Resource = Sender(sender.Name, sender.InstanceId),
        ScopeSpans =
        {
            spans.GroupBy(span => span.Scope).Select(scope => new ScopeSpans
            {
                Scope = new InstrumentationScope { Name = scope.Key },
                Spans = { scope.Select(Record) },
            }),
        },
    };

    /// <summary>What names a sender.</summary>
    public static OtlpResource Sender(string name, string instanceId)
    {
        var sender = new OtlpResource { Attributes = { Attribute("service.name", name) } };
        if (instanceId.Length > 0)
        {
            sender.Attributes.Add(Attribute("service.instance.id", instanceId));
        }

        return sender;
    }

    /// <summary>Attributes as OTLP has them.</summary>
    public static IEnumerable<KeyValue> Attributes(IEnumerable<KeyValuePair<string, string>> attributes) => attributes.Select(pair => Attribute(pair.Key, pair.Value));

    /// <summary>A trace's id as OTLP has it; empty for none.</summary>
    public static ByteString Id(TraceId id) => id.IsEmpty ? ByteString.Empty : ByteString.CopyFrom(Convert.FromHexString(id.ToString()));

    /// <summary>A span's id as OTLP has it; empty for none.</summary>
    public static ByteString Id(SpanId id) => id.IsEmpty ? ByteString.Empty : ByteString.CopyFrom(Convert.FromHexString(id.ToString()));

    private static KeyValue Attribute(string key, string value) => new() { Key = key, Value = new AnyValue { StringValue = value } };

    private static LogRecord Record(LogEntry entry) => new()
    {
        TimeUnixNano = (ulong)entry.TimeNanos,
        SeverityNumber = (SeverityNumber)(((int)entry.Severity * 4) + 1),
        SeverityText = entry.Severity.ToString(),
        Body = new AnyValue { StringValue = entry.Message },
        EventName = entry.EventName,
        TraceId = Id(entry.TraceId),
        SpanId = Id(entry.SpanId),
        Attributes = { Attributes(entry.Attributes) },
    };

    private static OtlpSpan Record(Span span) => new()
    {
        TraceId = Id(span.TraceId),
        SpanId = Id(span.Id),
        ParentSpanId = Id(span.ParentId),
        Name = span.Name,
        Kind = (OtlpSpan.Types.SpanKind)span.Kind,
        StartTimeUnixNano = (ulong)span.StartNanos,
        EndTimeUnixNano = (ulong)span.EndNanos,
        Status = new Status { Code = span.IsError ? Status.Types.StatusCode.Error : Status.Types.StatusCode.Unset, Message = span.StatusMessage },
        Attributes = { Attributes(span.Attributes) },
        Events = { span.Events.Select(one => new OtlpSpan.Types.Event { Name = one.Name, TimeUnixNano = (ulong)one.TimeNanos, Attributes = { Attributes(one.Attributes) } }) },
        Links = { span.Links.Select(link => new OtlpSpan.Types.Link { TraceId = Id(link.TraceId), SpanId = Id(link.SpanId), Attributes = { Attributes(link.Attributes) } }) },
    };
}
