using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MlKit.Bench.Tracking;

/// <summary>The calls that the cases make, as bytes that cost the client as little as possible.</summary>
internal static class Api
{
    private const string Prefix = "api/2.0/mlflow/";

    public static async Task<JsonDocument> PostAsync(HttpClient http, string path, string json)
    {
        using var answer = await http.PostAsync(Prefix + path, new StringContent(json, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text) : throw new InvalidOperationException($"{path}: {text}");
    }

    public static async Task SendAsync(HttpClient http, string path, byte[] json)
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await http.PostAsync(Prefix + path, content);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {await answer.Content.ReadAsStringAsync()}");
        }
    }

    public static async Task<int> GetAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(Prefix + path);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    public static async Task<string> CreateRunAsync(HttpClient http)
    {
        using var answer = await PostAsync(http, "runs/create", "{\"experiment_id\":\"0\",\"start_time\":1700000000000}");
        return answer.RootElement.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
    }

    /// <summary>A log-batch of <paramref name="count"/> metrics at one step.</summary>
    public static byte[] Batch(string runId, int count, int step)
    {
        var text = new StringBuilder($"{{\"run_id\":\"{runId}\",\"metrics\":[");
        for (var i = 0; i < count; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $"{{\"key\":\"metric_{i}\",\"value\":{step * 0.5 + i},\"timestamp\":{1_700_000_000_000 + step},\"step\":{step}}}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
