using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using MlKit.Tests;

namespace MlKit.RecommendationApi.Tests.Support;

/// <summary>The real API between a fake feature server and a fake scorer.</summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("mlkit-api-").FullName;
    private WebApplication? _app;

    public FakeFeast Feast { get; } = new();

    public FakeScorer Scorer { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    /// <summary>Starts all three and waits until the API is ready.</summary>
    /// <summary>Further arguments of the API; set in <c>prepare</c>.</summary>
    public IReadOnlyList<string> Settings { get; set; } = [];

    public static async Task<RunningApi> StartAsync(Action<RunningApi>? prepare = null)
    {
        var api = new RunningApi();
        await api.Feast.StartAsync();
        await api.Scorer.StartAsync();
        api.Feast.SetUser("196", "3", "1", "2");
        for (var item = 1; item <= 30; item++)
        {
            api.Feast.Set("item_profile", $"{item}", new JsonObject { ["title"] = $"Film {item}", ["genres"] = new JsonArray("Drama"), ["release_year"] = 1990 });
            api.Feast.Set("item_popularity", $"{item}", new JsonObject { ["event_count"] = 10, ["recent_count"] = 2, ["mean_value"] = 3.5, ["first_event_time"] = 800_000_000 });
        }

        prepare?.Invoke(api);
        await api.RestartAsync();
        if (prepare is null)
        {
            await api.IsReadyAsync();
        }

        return api;
    }

    /// <summary>Starts the API again on the same state.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _app = ApiApp.Build(
        [
            "--urls", "http://127.0.0.1:0", "--services:feast:http:0", Feast.Address, "--services:scorer:http:0", Scorer.Address,
            "--MLKIT:STATE:PATH", _state, "--Logging:LogLevel:Default", "None", .. Settings,
        ]);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.Single()) };
    }

    public Task IsReadyAsync() => Eventually.True(
        async () => (await Http.GetAsync("/health", TestContext.Current.CancellationToken)).IsSuccessStatusCode, TimeSpan.FromSeconds(30), "the API is ready");

    public async Task<JsonObject> RecommendAsync(string user, int k = 10) =>
        (await Http.GetFromJsonAsync<JsonObject>($"/recommendations/{user}?k={k}", TestContext.Current.CancellationToken))!;

    public Task<HttpResponseMessage> PostAsync(string events) =>
        Http.PostAsync("/events", new StringContent(events, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Feast.DisposeAsync();
        await Scorer.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private async Task StopAsync()
    {
        if (_app is not null)
        {
            Http.Dispose();
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
    }
}
