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

    /// <summary>Up to here a double holds every whole number.</summary>
    private const long MostExact = 1L << 53;

    private static readonly string[] Ids = ["traceId", "spanId", "parentSpanId"];

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

    /// <summary>
    /// OTLP's JSON differs from protobuf's own in its ids, and the parser reads numbers as doubles, which lose the last digits
    /// of long ones.
    /// </summary>
    private static ExportTraceServiceRequest ParseJson(ReadOnlySpan<byte> body)
    {
        var root = JsonNode.Parse(body)?.AsObject() ?? throw new JsonException("The body is null.");
        Adapt(root);
        return Lenient.Parse<ExportTraceServiceRequest>(root.ToJsonString());
    }

    private static void Adapt(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Adapt(item);
            }
        }
        else if (node is JsonObject map)
        {
            foreach (var (name, value) in map.ToList())
            {
                if (value is not JsonValue plain)
                {
                    Adapt(value);
                }
                else if (Adapted(name, plain) is { } text)
                {
                    map[name] = text;
                }
            }
        }
    }

    /// <summary>An id as base64, a whole number beyond what a double holds as text; null for a value that stays as it is.</summary>
    private static string? Adapted(string name, JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String when Ids.Contains(name) => Convert.ToBase64String(Convert.FromHexString(value.GetValue<string>())),
        JsonValueKind.Number when value.TryGetValue<long>(out var number) && number is > MostExact or < -MostExact => value.ToJsonString(),
        JsonValueKind.Number when value.TryGetValue<ulong>(out var number) && number > MostExact => value.ToJsonString(),
        _ => null,
    };
}
