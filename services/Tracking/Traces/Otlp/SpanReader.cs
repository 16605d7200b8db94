using System.Text.Json.Nodes;
using Google.Protobuf;
using MlKit.Tracking.Http;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Resource.V1;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;
using OtlpStatus = OpenTelemetry.Proto.Trace.V1.Status;

namespace MlKit.Tracking.Traces.Otlp;

/// <summary>Turns an OTLP export into the traces that it tells about.</summary>
internal static class SpanReader
{
    private const int LongestTagValue = NameRules.LongestRunTagValue;
    private const int LongestPreview = 1000;
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <exception cref="ApiException">A span has no id, or one of another length.</exception>
    public static IReadOnlyCollection<TraceSpans> Read(ExportTraceServiceRequest request)
    {
        var traces = new Dictionary<string, TraceSpans>(StringComparer.Ordinal);
        foreach (var resource in request.ResourceSpans)
        {
            foreach (var span in resource.ScopeSpans.SelectMany(scope => scope.Spans))
            {
                Add(traces, span, resource.Resource);
            }
        }

        return traces.Values;
    }

    private static void Add(Dictionary<string, TraceSpans> traces, OtlpSpan span, Resource? resource)
    {
        var traceId = "tr-" + Id(span.TraceId, TraceIdBytes, "trace_id");
        if (!traces.TryGetValue(traceId, out var trace))
        {
            traces[traceId] = trace = new TraceSpans(traceId);
            AddResourceTags(trace, resource);
        }

        var attributes = SpanJson.Attributes(span.Attributes);
        attributes[TraceKeys.RequestId] = traceId;
        trace.Session ??= Text(attributes, "session.id") ?? Text(attributes, "gen_ai.conversation.id");
        trace.User ??= Text(attributes, "user.id");
        if (span.ParentSpanId.IsEmpty)
        {
            ReadRoot(trace, attributes);
        }

        trace.Add(new Span(
            Id(span.SpanId, SpanIdBytes, "span_id"),
            span.ParentSpanId.IsEmpty ? null : Id(span.ParentSpanId, SpanIdBytes, "parent_span_id"),
            AttributeValue.Clean(span.Name), Text(attributes, TraceKeys.SpanType) ?? "UNKNOWN", Status(span.Status),
            Nanoseconds(span.StartTimeUnixNano),
            span.EndTimeUnixNano == 0 ? null : Nanoseconds(span.EndTimeUnixNano), SpanJson.Write(span, attributes)));
    }

    /// <summary>MLflow's own names and the SDK's are left out: a client must not overwrite what the server notes.</summary>
    private static void AddResourceTags(TraceSpans trace, Resource? resource)
    {
        if (resource is null)
        {
            return;
        }

        foreach (var (key, value) in SpanJson.Attributes(resource.Attributes))
        {
            if (!key.StartsWith("telemetry.sdk.", StringComparison.Ordinal) && !key.StartsWith("mlflow.", StringComparison.Ordinal))
            {
                AddTag(trace, key, value);
            }
        }
    }

    private static void ReadRoot(TraceSpans trace, Dictionary<string, JsonNode?> attributes)
    {
        trace.RequestPreview ??= Preview(attributes.GetValueOrDefault(TraceKeys.SpanInputs));
        trace.ResponsePreview ??= Preview(attributes.GetValueOrDefault(TraceKeys.SpanOutputs));
        foreach (var (key, value) in attributes)
        {
            if (key.StartsWith(TraceKeys.TagPrefix, StringComparison.Ordinal))
            {
                AddTag(trace, key[TraceKeys.TagPrefix.Length..], value);
            }
        }
    }

    /// <summary>What cannot be a tag is none; the span has it all the same.</summary>
    private static void AddTag(TraceSpans trace, string key, JsonNode? value)
    {
        if (!NameRules.IsKey(key))
        {
            return;
        }

        var text = AsText(value);
        trace.Tags[key] = text.Length > LongestTagValue ? text[..LongestTagValue] : text;
    }

    private static string? Preview(JsonNode? value)
    {
        if (value is null)
        {
            return null;
        }

        var text = PythonJson.Write(value);
        return text.Length <= LongestPreview ? text : text[..(LongestPreview - 3)] + "...";
    }

    private static string? Text(Dictionary<string, JsonNode?> attributes, string key) =>
        attributes.GetValueOrDefault(key) is { } value && AsText(value) is { Length: > 0 } text ? text : null;

    private static string AsText(JsonNode? value) =>
        value is JsonValue plain && plain.TryGetValue<string>(out var text) ? text : PythonJson.Write(value);

    private static string Status(OtlpStatus? status) => status?.Code switch
    {
        OtlpStatus.Types.StatusCode.Ok => TraceKeys.Ok,
        OtlpStatus.Types.StatusCode.Error => TraceKeys.Error,
        _ => "UNSET",
    };

    private static long Nanoseconds(ulong time) => (long)Math.Min(time, long.MaxValue);

    private static string Id(ByteString id, int bytes, string name) => id.Length == bytes
        ? Convert.ToHexStringLower(id.Span)
        : throw ApiException.Unprocessable($"A span's {name} has {id.Length} bytes; it must have {bytes}.");
}
