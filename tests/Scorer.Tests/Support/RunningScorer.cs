using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlKit.Inference.Rest;
using MlKit.Scorer.Loading;
using MlKit.Tests;

namespace MlKit.Scorer.Tests.Support;

/// <summary>The real scorer on ports of its own.</summary>
internal sealed class RunningScorer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningScorer(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        // Kestrel binds its configured endpoints by name: Grpc, then Metrics where it is on, then Rest0.
        GrpcAddress = new Uri(addresses[0]);
        MetricsAddress = new Uri(addresses[^2]);
        Http = new HttpClient { BaseAddress = new Uri(addresses[^1]), Timeout = TimeSpan.FromSeconds(30) };
        Client = new RestInferenceClient(Http);
    }

    public HttpClient Http { get; }

    public Uri GrpcAddress { get; }

    public Uri MetricsAddress { get; }

    public RestInferenceClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<RunningScorer> StartAsync(string state, IModelRegistry? registry = null, params string[] settings) =>
        StartAsync(state, registry, logs: null, settings);

    /// <summary>Starts it and keeps what it logs itself.</summary>
    public static async Task<RunningScorer> StartAsync(string state, IModelRegistry? registry, LogLines? logs, params string[] settings)
    {
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", "--MLKIT:STATE:PATH", state, "--MLKIT:SCORER:GRPCPORT", "0",
            "--MLKIT:SCORER:POLLSECONDS", "0.02", "--Logging:LogLevel:Default", "None",
            "--Logging:LogLevel:MlKit.Scorer", logs is null ? "None" : "Information", .. settings,
        ];
        var app = ScorerApp.Build(args, builder =>
        {
            if (registry is not null)
            {
                builder.Services.AddSingleton(registry);
            }

            if (logs is not null)
            {
                builder.Logging.ClearProviders().AddProvider(logs);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RunningScorer(app);
    }

    /// <summary>Starts with a model repository and waits until all of it was tried.</summary>
    public static async Task<RunningScorer> ServeAsync(string repository, string state, params string[] settings)
    {
        var scorer = await StartAsync(state, null, ["--MLKIT:SCORER:MODELREPOSITORY", repository, .. settings]);
        await scorer.HasTriedAllAsync();
        return scorer;
    }

    public async Task HasTriedAllAsync()
    {
        var catalog = _app.Services.GetRequiredService<MlKit.Scorer.Models.ModelCatalog>();
        await Eventually.True(() => Task.FromResult(catalog.IsComplete), TimeSpan.FromSeconds(60), "the model repository was read");
    }

    public async Task ServesAsync(string model, string version)
    {
        try
        {
            await Eventually.True(
                async () => await Client.IsModelReadyAsync(model)
                    && (await Client.GetModelMetadataAsync(model)).Parameters!["mlkit.scorer.version"] == version,
                TimeSpan.FromSeconds(30),
                $"{model} version {version} is served");
        }
        catch (Xunit.Sdk.XunitException error)
        {
            throw new Xunit.Sdk.XunitException($"{error.Message}; /health: {await Http.GetStringOrErrorAsync("/health")}", error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
