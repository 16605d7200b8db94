using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace MlKit.Tests;

/// <param name="Status">The status code.</param>
/// <param name="Text">The body.</param>
internal sealed record WireAnswer(HttpStatusCode Status, string Text)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    public string? ErrorCode => Json["error_code"]?.GetValue<string>();
}

/// <summary>Speaks the protocol without any client's help: JSON text out, status and JSON in.</summary>
internal sealed class Wire(Uri server, string prefix = "api/2.0/mlflow/") : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = server };

    public HttpClient Http => _http;

    public Task<WireAnswer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<WireAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public async Task<WireAnswer> SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, prefix + path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new WireAnswer(
            answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Posts what must be accepted, and returns the answer.</summary>
    public async Task<JsonObject> DoAsync(string path, string json)
    {
        var answer = await PostAsync(path, json);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {(int)answer.Status} {answer.Text}");
        return answer.Json;
    }

    /// <summary>Reads what must be there.</summary>
    public async Task<JsonObject> ReadAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {(int)answer.Status} {answer.Text}");
        return answer.Json;
    }

    public async Task<string> CreateExperimentAsync(string name) =>
        (await DoAsync("experiments/create", $$"""{"name":"{{name}}"}"""))["experiment_id"]!.GetValue<string>();

    /// <summary>Creates a run and returns its info.</summary>
    public async Task<JsonObject> CreateRunAsync(string experimentId = "0", long startTime = 1_700_000_000_000) =>
        (await DoAsync("runs/create", $$"""{"experiment_id":"{{experimentId}}","start_time":{{startTime}}}"""))["run"]!["info"]!.AsObject();

    public async Task<string> CreateRunIdAsync(string experimentId = "0", long startTime = 1_700_000_000_000) =>
        (await CreateRunAsync(experimentId, startTime))["run_id"]!.GetValue<string>();

    public async Task<HttpStatusCode> PutArtifactAsync(string path, byte[] content)
    {
        using var answer = await _http.PutAsync(
            $"api/2.0/mlflow-artifacts/artifacts/{path}", new ByteArrayContent(content), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}
