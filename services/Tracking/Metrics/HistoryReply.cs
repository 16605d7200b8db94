using System.Text.Json;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Metrics;

/// <summary>
/// A page of a history. It is written by hand, since it is the one answer that is a long list of small things, and
/// sent as it is written.
/// </summary>
internal sealed class HistoryReply(string key, IReadOnlyList<HistoryPoint> points, string? nextPageToken) : Reply
{
    /// <summary>So many points are some ten kilobytes.</summary>
    private const int PointsBetweenFlushes = 512;

    private static readonly JsonEncodedText Key = JsonEncodedText.Encode("key");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Step = JsonEncodedText.Encode("step");

    public override async ValueTask WriteAsync(HttpContext context)
    {
        context.Response.ContentType = JsonType;
        var body = context.Response.BodyWriter;
        await using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true });
        var encodedKey = JsonEncodedText.Encode(key);
        writer.WriteStartObject();
        writer.WriteStartArray("metrics"u8);
        for (var start = 0; start < points.Count; start += PointsBetweenFlushes)
        {
            Write(writer, encodedKey, start, Math.Min(start + PointsBetweenFlushes, points.Count));
            writer.Flush();
            await body.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
        if (nextPageToken is not null)
        {
            writer.WriteString("next_page_token"u8, nextPageToken);
        }

        writer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter writer, JsonEncodedText encodedKey, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var point = points[i];
            writer.WriteStartObject();
            writer.WriteString(Key, encodedKey);
            if (double.IsNaN(point.Value))
            {
                writer.WriteString(Value, "NaN"u8);
            }
            else
            {
                writer.WriteNumber(Value, point.Value);
            }

            writer.WriteNumber(Timestamp, point.Timestamp);
            writer.WriteNumber(Step, point.Step);
            writer.WriteEndObject();
        }
    }
}
