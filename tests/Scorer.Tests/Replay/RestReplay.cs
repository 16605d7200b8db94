using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using MlKit.Inference.Rest;

namespace MlKit.Scorer.Tests.Replay;

/// <summary>Sends a recorded HTTP request byte by byte and compares the answer.</summary>
internal sealed class RestReplay(HttpClient http)
{
    /// <summary>Why the answer is not the recorded one; null: it is.</summary>
    public async Task<string?> RunAsync(JsonObject exchange)
    {
        var expected = exchange["response"]!.AsObject();
        using var message = Build(exchange["request"]!.AsObject());
        using var response = await http.SendAsync(message, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var allowed = expected["status"] is JsonArray list ? list.Select(code => code!.GetValue<int>()).ToArray() : [expected["status"]!.GetValue<int>()];
        if (!allowed.Contains((int)response.StatusCode))
        {
            return $"status {(int)response.StatusCode}, expected {string.Join(" or ", allowed)}; body {Encoding.UTF8.GetString(body, 0, Math.Min(200, body.Length))}";
        }

        return CompareHeaders(expected, response) ?? CompareBody(expected, response, Decode(response, body));
    }

    private static HttpRequestMessage Build(JsonObject request)
    {
        var query = request["query"] is JsonArray pairs
            ? "?" + string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair![0]!.GetValue<string>())}={Uri.EscapeDataString(pair[1]!.GetValue<string>())}"))
            : "";
        var message = new HttpRequestMessage(new HttpMethod(request["method"]!.GetValue<string>()), request["path"]!.GetValue<string>() + query);
        if (Body(request) is { } body)
        {
            message.Content = new ByteArrayContent(body);
        }
        else if (message.Method == HttpMethod.Post)
        {
            message.Content = new ByteArrayContent([]);
        }

        foreach (var (name, value) in request["headers"]?.AsObject() ?? [])
        {
            if (!message.Headers.TryAddWithoutValidation(name, value!.GetValue<string>()))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value.GetValue<string>());
            }
        }

        return message;
    }

    private static byte[]? Body(JsonObject request) =>
        request["hex"] is { } hex ? Convert.FromHexString(hex.GetValue<string>())
        : request["text"] is { } text ? Encoding.UTF8.GetBytes(text.GetValue<string>())
        : request["json"] is { } json ? Encoding.UTF8.GetBytes(json.ToJsonString())
        : null;

    private static string? CompareHeaders(JsonObject expected, HttpResponseMessage response)
    {
        foreach (var (name, value) in expected["headers"]?.AsObject() ?? [])
        {
            var found = response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
                ? string.Join(",", values)
                : null;
            if (found is null || JsonMatcher.Compare(value, JsonValue.Create(found), $"header {name}") is not null)
            {
                return $"header {name}: '{found}', expected {value}";
            }
        }

        return null;
    }

    private static byte[] Decode(HttpResponseMessage response, byte[] body)
    {
        using var packed = new MemoryStream(body);
        using Stream? plain = response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "deflate" => new ZLibStream(packed, CompressionMode.Decompress),
            _ => null,
        };
        if (plain is null)
        {
            return body;
        }

        using var copy = new MemoryStream();
        plain.CopyTo(copy);
        return copy.ToArray();
    }

    private static string? CompareBody(JsonObject expected, HttpResponseMessage response, byte[] body)
    {
        var oip = expected["oip"]?.AsObject();
        if (oip is null && !expected.ContainsKey("json"))
        {
            return null;
        }

        var length = response.Headers.TryGetValues(RestHeaders.InferenceHeaderLength, out var values)
            ? int.Parse(values.Single(), CultureInfo.InvariantCulture)
            : body.Length;
        if (length == 0)
        {
            return "the body is empty";
        }

        var json = JsonNode.Parse(body.AsSpan(0, length));
        return JsonMatcher.Compare(oip is null ? expected["json"] : oip["json"], json)
            ?? (oip?["tensors"] is JsonObject tensors ? CompareTensors(tensors, json!["outputs"]!.AsArray(), body, length) : null);
    }

    private static string? CompareTensors(JsonObject tensors, JsonArray outputs, byte[] body, int at)
    {
        foreach (var output in outputs)
        {
            if (output!["parameters"]?["binary_data_size"]?.GetValue<int>() is not { } size)
            {
                continue;
            }

            var name = output["name"]!.GetValue<string>();
            if (tensors[name] is JsonObject tensor && TensorMatcher.Compare(name, tensor, body.AsSpan(at, size)) is { } difference)
            {
                return difference;
            }

            at += size;
        }

        return at == body.Length ? null : $"{body.Length - at} bytes follow the last output";
    }
}
