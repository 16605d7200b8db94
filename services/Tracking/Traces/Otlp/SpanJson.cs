using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;
using OtlpStatus = OpenTelemetry.Proto.Trace.V1.Status;
using Proto = OpenTelemetry.Proto.Common.V1;

namespace MlKit.Tracking.Traces.Otlp;

/// <summary>Writes a span in protobuf's JSON, with whole numbers as numbers, which is how MLflow answers it.</summary>
internal static class SpanJson
{
    /// <summary>Letters stay as they are, so that a search for them finds them.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(OtlpSpan span, IReadOnlyDictionary<string, JsonNode?> attributes)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            WriteId(writer, "trace_id", span.TraceId);
            WriteId(writer, "span_id", span.SpanId);
            WriteId(writer, "parent_span_id", span.ParentSpanId);
            writer.WriteString("name", AttributeValue.Clean(span.Name));
            WriteTime(writer, "start_time_unix_nano", span.StartTimeUnixNano);
            WriteTime(writer, "end_time_unix_nano", span.EndTimeUnixNano);
            AttributeValue.WritePairs(writer, "attributes", attributes);
            WriteEvents(writer, span);
            WriteLinks(writer, span);
            WriteStatus(writer, span.Status);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Attributes by key; of equal keys the last counts.</summary>
    public static Dictionary<string, JsonNode?> Attributes(IEnumerable<Proto.KeyValue> pairs)
    {
        var attributes = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            attributes[AttributeValue.Clean(pair.Key)] = AttributeValue.Read(pair.Value);
        }

        return attributes;
    }

    private static void WriteEvents(Utf8JsonWriter writer, OtlpSpan span)
    {
        if (span.Events.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("events");
        foreach (var item in span.Events)
        {
            writer.WriteStartObject();
            WriteTime(writer, "time_unix_nano", item.TimeUnixNano);
            writer.WriteString("name", AttributeValue.Clean(item.Name));
            WriteAttributes(writer, item.Attributes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLinks(Utf8JsonWriter writer, OtlpSpan span)
    {
        if (span.Links.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("links");
        foreach (var link in span.Links)
        {
            writer.WriteStartObject();
            WriteId(writer, "trace_id", link.TraceId);
            WriteId(writer, "span_id", link.SpanId);
            WriteAttributes(writer, link.Attributes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, IReadOnlyCollection<Proto.KeyValue> pairs)
    {
        if (pairs.Count > 0)
        {
            AttributeValue.WritePairs(writer, "attributes", Attributes(pairs));
        }
    }

    private static void WriteStatus(Utf8JsonWriter writer, OtlpStatus? status)
    {
        writer.WriteStartObject("status");
        if (status is { Message.Length: > 0 })
        {
            writer.WriteString("message", AttributeValue.Clean(status.Message));
        }

        if (status?.Code is OtlpStatus.Types.StatusCode.Ok or OtlpStatus.Types.StatusCode.Error)
        {
            writer.WriteString("code", status.Code == OtlpStatus.Types.StatusCode.Ok ? "STATUS_CODE_OK" : "STATUS_CODE_ERROR");
        }

        writer.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter writer, string name, ByteString id)
    {
        if (!id.IsEmpty)
        {
            writer.WriteBase64String(name, id.Span);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, ulong time)
    {
        if (time != 0)
        {
            writer.WriteNumber(name, time);
        }
    }
}
