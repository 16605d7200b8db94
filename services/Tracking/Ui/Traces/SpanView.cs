using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlKit.Tracking.Ui.Traces;

/// <summary>A span of a trace, as a page shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What was done.</param>
/// <param name="Depth">How many spans it lies in.</param>
/// <param name="StartNs">When it began, Unix nanoseconds.</param>
/// <param name="EndNs">When it ended; the same where it has not.</param>
/// <param name="IsError">Whether it failed.</param>
/// <param name="Attributes">What was noted about it, values as text.</param>
internal sealed record SpanView(
    string Id, string Name, int Depth, long StartNs, long EndNs, bool IsError, IReadOnlyList<(string Key, string Value)> Attributes)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The spans of a trace, each before those that lie in it, otherwise by their beginning.</summary>
    public static IReadOnlyList<SpanView> Read(IEnumerable<string> contents)
    {
        var spans = contents.Select(content =>
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.Clone();
        }).ToList();
        var ids = spans.Select(span => Text(span, "span_id")).ToHashSet();
        var below = spans.ToLookup(span => Text(span, "parent_span_id") is { Length: > 0 } parent && parent != Text(span, "span_id") && ids.Contains(parent) ? parent : "");
        var rows = new List<SpanView>();
        var rest = new Stack<(JsonElement Span, int Depth)>(below[""].Reverse().Select(span => (span, 0)));

        while (rest.TryPop(out var next))
        {
            rows.Add(Of(next.Span, next.Depth));
            foreach (var inner in below[rows[^1].Id].Reverse())
            {
                rest.Push((inner, next.Depth + 1));
            }
        }

        // Spans that lie in each other lie in none that is shown.
        var shown = rows.Select(row => row.Id).ToHashSet();
        rows.AddRange(spans.Where(span => !shown.Contains(Text(span, "span_id"))).Select(span => Of(span, 0)));
        return rows;
    }

    private static SpanView Of(JsonElement span, int depth)
    {
        var start = Number(span, "start_time_unix_nano");
        var status = span.TryGetProperty("status", out var state) ? Text(state, "code") : "";
        return new SpanView(
            Text(span, "span_id"), Text(span, "name"), depth, start, Math.Max(start, Number(span, "end_time_unix_nano")),
            status == "STATUS_CODE_ERROR", Pairs(span));
    }

    private static IReadOnlyList<(string Key, string Value)> Pairs(JsonElement span) =>
        span.TryGetProperty("attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Array
            ? [.. attributes.EnumerateArray().Select(pair => (Text(pair, "key"), pair.TryGetProperty("value", out var value) ? Plain(value) : ""))]
            : [];

    /// <summary>A value of OpenTelemetry as text, or as JSON where it has parts.</summary>
    private static string Plain(JsonElement value)
    {
        if (value.TryGetProperty("string_value", out var text))
        {
            return text.GetString() ?? "";
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        var member = value.EnumerateObject().FirstOrDefault();
        switch (member.Value.ValueKind == JsonValueKind.Undefined ? "" : member.Name)
        {
            case "kvlist_value":
                writer.WriteStartObject();
                foreach (var pair in Values(member.Value))
                {
                    writer.WritePropertyName(Text(pair, "key"));
                    Write(writer, pair.TryGetProperty("value", out var inner) ? inner : pair);
                }

                writer.WriteEndObject();
                break;
            case "array_value":
                writer.WriteStartArray();
                foreach (var item in Values(member.Value))
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case "":
                writer.WriteNullValue();
                break;
            default:
                member.Value.WriteTo(writer);
                break;
        }
    }

    private static IEnumerable<JsonElement> Values(JsonElement list) =>
        list.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Array ? values.EnumerateArray() : [];

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static long Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : 0;
}
