using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.RecommendationApi.Events;
using MlKit.RecommendationApi.Features;
using MlKit.RecommendationApi.Hosting;
using MlKit.RecommendationApi.Recommendations;
using MlKit.RecommendationApi.Stages;
using MlKit.ServiceDefaults;
using MlKit.Storage;

namespace MlKit.RecommendationApi;

/// <summary>Puts the recommendation API together.</summary>
internal static class ApiApp
{
    private const string DefaultUrl = "http://localhost:8080";

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names key, value and what is allowed.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        configure?.Invoke(builder);
        builder.WebHost.UseUrls(ListenUrls.Of(builder.Configuration, DefaultUrl));
        AddApi(builder, ApiOptions.Read(builder.Configuration));
        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapDefaultEndpoints();
        app.MapApi();
        return app;
    }

    private static void AddApi(WebApplicationBuilder builder, ApiOptions options)
    {
        var state = ServiceState.Open(builder.Configuration, "recommendations");
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        AddPeer<FeatureClient>(services, "http://feast/", options, http => new FeatureClient(http));
        AddPeer<IInferenceClient>(services, "http://scorer/", options, http => new RestInferenceClient(http));
        services.AddSingleton<FeatureReader>();
        services.AddSingleton<RetrievalStage>();
        services.AddSingleton<RankingStage>();
        services.AddSingleton(_ => new PopularItems(state));
        services.AddSingleton<Recommender>();
        AddEvents(services, options.Events ?? Path.Combine(state, "events"), options.S3);
        services.AddSingleton<ActivityUpdater>();
        services.AddHostedService(provider => provider.GetRequiredService<ActivityUpdater>());
        services.AddSingleton<PeerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<PeerWatch>());
        services.AddHealthChecks().AddCheck<PeersHealthCheck>("peers");
    }

    private static void AddEvents(IServiceCollection services, string location, S3Options s3)
    {
        services.AddSingleton(provider => new EventLog(location, provider.GetRequiredService<TimeProvider>(), s3));
        services.AddHostedService(provider => new EventSealer(
            location, provider.GetRequiredService<EventLog>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EventSealer>>(), s3));
    }

    /// <summary>
    /// A client with a short time per call and without the repetitions that the service defaults give: a user waits,
    /// and every peer has a fallback.
    /// </summary>
    private static void AddPeer<T>(IServiceCollection services, string address, ApiOptions options, Func<HttpClient, T> create)
        where T : class
    {
        var builder = services.AddHttpClient(typeof(T).Name, http =>
        {
            http.BaseAddress = new Uri(address);
            http.Timeout = options.PeerTimeout;
        });
#pragma warning disable EXTEXP0001 // The only call that takes the handler off; its shape has been stable since 8.10.
        builder.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        // The clients live as long as the process; their connections do not, so that a moved peer is found again.
        builder.UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2));
        builder.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton(provider => create(provider.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(T).Name)));
    }
}
