using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Metrics;

/// <summary>
/// A page of a history. It is the one answer that is a long list of small things, all of one shape, so it is put
/// together from ready pieces and sent as it is written.
/// </summary>
internal sealed class HistoryReply(string key, IReadOnlyList<HistoryPoint> points, string? nextPageToken) : Reply
{
    private const int PointsBetweenFlushes = 512;

    /// <summary>Room for three numbers and the names between them.</summary>
    private const int LongestNumbers = 128;

    public override async ValueTask WriteAsync(HttpContext context)
    {
        context.Response.ContentType = JsonType;
        var body = context.Response.BodyWriter;
        var begin = Encoding.UTF8.GetBytes($"{{\"key\":\"{JsonEncodedText.Encode(key)}\",\"value\":");
        body.Write("{\"metrics\":["u8);
        for (var start = 0; start < points.Count; start += PointsBetweenFlushes)
        {
            Write(body, begin, start, Math.Min(start + PointsBetweenFlushes, points.Count));
            await body.FlushAsync(context.RequestAborted);
        }

        body.Write("]"u8);
        if (nextPageToken is not null)
        {
            body.Write(Encoding.UTF8.GetBytes($",\"next_page_token\":\"{JsonEncodedText.Encode(nextPageToken)}\""));
        }

        body.Write("}"u8);
        await body.FlushAsync(context.RequestAborted);
    }

    private void Write(PipeWriter body, byte[] begin, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            var room = body.GetSpan(begin.Length + LongestNumbers);
            var at = 0;
            if (i > 0)
            {
                room[at++] = (byte)',';
            }

            Append(room, ref at, begin);
            Append(room, ref at, points[i].Value);
            Append(room, ref at, ",\"timestamp\":"u8);
            Append(room, ref at, points[i].Timestamp);
            Append(room, ref at, ",\"step\":"u8);
            Append(room, ref at, points[i].Step);
            room[at++] = (byte)'}';
            body.Advance(at);
        }
    }

    private static void Append(Span<byte> room, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(room[at..]);
        at += text.Length;
    }

    private static void Append(Span<byte> room, ref int at, double number)
    {
        if (double.IsNaN(number))
        {
            Append(room, ref at, "\"NaN\""u8);
            return;
        }

        number.TryFormat(room[at..], out var written, default, CultureInfo.InvariantCulture);
        at += written;
    }

    private static void Append(Span<byte> room, ref int at, long number)
    {
        number.TryFormat(room[at..], out var written, default, CultureInfo.InvariantCulture);
        at += written;
    }
}
