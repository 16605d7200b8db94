using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Replay;

/// <summary>Sends the requests of a recorded conversation in order and compares every answer.</summary>
internal static class Replayer
{
    /// <summary>What is left as it is in a path; percent signs too, because recorded paths hold escapes on purpose.</summary>
    private const string SafeInPaths = "/:@!$&'()*+,;=-._~%";

    /// <param name="server">Address of the server.</param>
    /// <param name="file">The conversation.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<int> RunAsync(Uri server, string file, CancellationToken cancellationToken)
    {
        var mismatches = new List<string>();
        var conversation = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellationToken))!;
        var values = new Placeholders();
        var count = 0;
        foreach (var exchange in conversation["exchanges"]!.AsArray())
        {
            try
            {
                await RunAsync(server, exchange!, values, cancellationToken);
            }
            catch (Mismatch mismatch)
            {
                var id = exchange!["id"]?.GetValue<string>() ?? $"{count}";
                mismatches.Add($"{conversation["name"]}/{id}: {mismatch.Message}");
            }

            count++;
        }

        Assert.True(mismatches.Count == 0, string.Join(Environment.NewLine, mismatches));

        return count;
    }

    private static async Task RunAsync(Uri server, JsonNode exchange, Placeholders values, CancellationToken cancellationToken)
    {
        var request = exchange["request"]!;
        var headers = (request["headers"] as JsonObject ?? [])
            .ToDictionary(pair => pair.Key, pair => values.Fill(pair.Value!.GetValue<string>()), StringComparer.OrdinalIgnoreCase);
        var body = Body(request, values, headers);
        var response = await RawHttp.SendAsync(
            server, request["method"]!.GetValue<string>(), Target(request, values), headers, body, cancellationToken);
        Compare(exchange["response"]!, response, values);
    }

    private static string Target(JsonNode request, Placeholders values)
    {
        var path = Quote(values.Fill(request["path"]!.GetValue<string>()));
        var pairs = (request["query"] as JsonArray ?? []).Select(pair =>
            $"{Uri.EscapeDataString(pair![0]!.GetValue<string>())}={Uri.EscapeDataString(values.Fill(pair[1]!.GetValue<string>()))}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string Quote(string path)
    {
        var quoted = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(path))
        {
            var character = (char)value;
            quoted.Append(char.IsAsciiLetterOrDigit(character) || SafeInPaths.Contains(character, StringComparison.Ordinal)
                ? character.ToString()
                : $"%{value:X2}");
        }

        return quoted.ToString();
    }

    private static byte[]? Body(JsonNode request, Placeholders values, Dictionary<string, string> headers)
    {
        if (request.AsObject().TryGetPropertyValue("json", out var json))
        {
            headers.TryAdd("Content-Type", "application/json");
            return Encoding.UTF8.GetBytes(values.Fill(json)?.ToJsonString() ?? "null");
        }

        return request["text"] is { } text
            ? Encoding.UTF8.GetBytes(values.Fill(text.GetValue<string>()))
            : request["hex"] is { } hex ? Convert.FromHexString(hex.GetValue<string>()) : null;
    }

    private static void Compare(JsonNode expected, RawResponse response, Placeholders values)
    {
        var status = expected["status"]!;
        var allowed = status is JsonArray list ? list.Select(code => code!.GetValue<int>()).ToList() : [status.GetValue<int>()];
        if (!allowed.Contains(response.Status))
        {
            throw new Mismatch(
                $"status {response.Status}, expected {string.Join(" or ", allowed)}; body {Mismatch.Cut(response.Text)}");
        }

        foreach (var (name, value) in expected["headers"] as JsonObject ?? [])
        {
            Mismatch.Unless(response.Headers.ContainsKey(name), $"header {name}", "to be there", null);
            JsonComparer.Compare(value, JsonValue.Create(response.Headers[name]), values, $"header {name}");
        }

        if (expected.AsObject().TryGetPropertyValue("json", out var json))
        {
            JsonComparer.Compare(json, Parse(response), values);
        }
        else if (expected["text"] is { } text)
        {
            JsonComparer.Compare(text, JsonValue.Create(response.Text), values, "body");
        }
        else if (expected["hex"] is { } hex)
        {
            Mismatch.Unless(
                Convert.ToHexStringLower(response.Body) == hex.GetValue<string>(), "body bytes", hex.GetValue<string>(),
                JsonValue.Create(Convert.ToHexStringLower(response.Body)));
        }
    }

    private static JsonNode? Parse(RawResponse response)
    {
        try
        {
            return JsonNode.Parse(response.Body);
        }
        catch (JsonException)
        {
            throw new Mismatch($"the body is not JSON: {Mismatch.Cut(response.Text)}");
        }
    }
}
