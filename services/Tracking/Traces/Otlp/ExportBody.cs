using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using MlKit.Tracking.Http;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Tracking.Traces.Otlp;

/// <summary>Reads the body of an OTLP export: protobuf or JSON, as it is or compressed, limited in size either way.</summary>
internal static class ExportBody
{
    private const int MaxBytes = 32 * 1024 * 1024;
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    private static readonly JsonParser Lenient = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public static async Task<ExportTraceServiceRequest> ReadAsync(HttpContext context)
    {
        var type = (context.Request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (type is not (Protobuf or Json))
        {
            throw ApiException.BadRequest($"Content-Type is '{context.Request.ContentType}'; it must be {Protobuf} or {Json}.");
        }

        using var body = await BytesAsync(context);
        try
        {
            var request = type == Protobuf
                ? ExportTraceServiceRequest.Parser.ParseFrom(body.GetBuffer().AsSpan(0, (int)body.Length))
                : ParseJson(body.GetBuffer().AsSpan(0, (int)body.Length));
            return request.ResourceSpans.Count > 0
                ? request
                : throw ApiException.BadRequest("Invalid OpenTelemetry format: no spans found.");
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException or JsonException or FormatException
            or InvalidOperationException or ArgumentException or OverflowException or InvalidDataException)
        {
            throw ApiException.BadRequest("Invalid OpenTelemetry format: the body is not a valid export of traces.");
        }
    }

    private static async Task<MemoryStream> BytesAsync(HttpContext context)
    {
        await using var content = Decompressed(context.Request);
        var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await content.ReadAsync(buffer, context.RequestAborted)) > 0)
            {
                if (body.Length + count > MaxBytes)
                {
                    throw ApiException.TooLarge($"The export is longer than {MaxBytes} bytes, the most that is allowed.");
                }

                body.Write(buffer, 0, count);
            }
        }
        catch (InvalidDataException)
        {
            throw ApiException.BadRequest($"The body is not what its Content-Encoding '{context.Request.Headers.ContentEncoding}' says.");
        }

        return body;
    }

    private static Stream Decompressed(HttpRequest request) => request.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => request.Body,
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
        var other => throw ApiException.BadRequest($"Content-Encoding '{other}' is not supported; gzip and deflate are."),
    };

    /// <summary>OTLP's JSON writes ids as hexadecimal digits where protobuf's own JSON has base64.</summary>
    private static ExportTraceServiceRequest ParseJson(ReadOnlySpan<byte> body)
    {
        var root = JsonNode.Parse(body)?.AsObject() ?? throw new JsonException("The body is null.");
        foreach (var span in Items(root, "resourceSpans").SelectMany(resource => Items(resource, "scopeSpans"))
            .SelectMany(scope => Items(scope, "spans")))
        {
            ConvertIds(span);
            foreach (var link in Items(span, "links"))
            {
                ConvertIds(link);
            }
        }

        return Lenient.Parse<ExportTraceServiceRequest>(root.ToJsonString());
    }

    private static IEnumerable<JsonObject> Items(JsonObject parent, string name) =>
        parent[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    private static void ConvertIds(JsonObject item)
    {
        foreach (var name in (string[])["traceId", "spanId", "parentSpanId"])
        {
            if (item[name] is JsonValue value && value.TryGetValue<string>(out var hex))
            {
                item[name] = Convert.ToBase64String(Convert.FromHexString(hex));
            }
        }
    }
}
