using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MlKit.EndToEnd;

/// <summary>Requests that follow each other without a pause, several at a time, while something else happens; none may fail.</summary>
internal sealed class ScorerLoad : IAsyncDisposable
{
    private const int Callers = 4;

    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, int> _versions = new();
    private readonly Task _callers;

    /// <summary>Starts to ask <paramref name="model"/>, with zeros for each of its inputs.</summary>
    public ScorerLoad(HttpClient scorer, string model)
    {
        _callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => AskAsync(scorer, model)));
    }

    /// <summary>The versions that have answered so far.</summary>
    public ICollection<string> Versions => _versions.Keys;

    /// <summary>Ends the load and gives the versions that answered; fails where a request failed.</summary>
    public async Task<ICollection<string>> EndAsync()
    {
        await _end.CancelAsync();
        await _callers;
        return Versions;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _callers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AskAsync(HttpClient scorer, string model)
    {
        var metadata = await scorer.GetFromJsonAsync<JsonNode>($"/v2/models/{model}", CancellationToken.None);
        var body = new { inputs = metadata!["inputs"]!.AsArray().Select(input => Zeros(input!)).ToArray() };
        while (!_end.IsCancellationRequested)
        {
            var response = await scorer.PostAsJsonAsync($"/v2/models/{model}/infer", body, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            _versions.AddOrUpdate((string)JsonNode.Parse(text)!["model_version"]!, 1, (_, count) => count + 1);
        }
    }

    private static object Zeros(JsonNode input)
    {
        var shape = input["shape"]!.AsArray().Select(size => Math.Max(1, (long)size!)).ToArray();
        return new
        {
            name = (string)input["name"]!,
            datatype = (string)input["datatype"]!,
            shape,
            data = Enumerable.Repeat(0, (int)shape.Aggregate((a, b) => a * b)),
        };
    }
}
