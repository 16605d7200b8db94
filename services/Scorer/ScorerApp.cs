using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MlKit.Mlflow;
using MlKit.Scorer.Grpc;
using MlKit.Scorer.Hosting;
using MlKit.Scorer.Inference;
using MlKit.Scorer.Loading;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;
using MlKit.Scorer.Rest;
using MlKit.Scorer.Scheduling;
using MlKit.Scorer.Statistics;
using MlKit.ServiceDefaults;

namespace MlKit.Scorer;

/// <summary>Puts the scorer together.</summary>
internal static partial class ScorerApp
{
    /// <exception cref="InvalidOperationException">A setting is wrong; the message names key, value and what is allowed.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        LibraryTelemetry.TurnOff();
        // The native runtime takes its time to load; nothing else needs to wait for it.
        _ = Task.Run(static () => Microsoft.ML.OnnxRuntime.OrtEnv.Instance());
        // Without it a compressed request that was cut off decompresses to what came, without a word.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults();
        configure?.Invoke(builder);
        var options = ScorerOptions.Read(builder.Configuration);
        // Models compute on the threads that serve; so many more keep serving while all of them compute.
        ThreadPool.SetMinThreads(Environment.ProcessorCount + options.ComputeSlots, Environment.ProcessorCount);
        ListenAddresses.Configure(builder, options.GrpcPort, options.MetricsPort);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = options.MaxRequestBytes;
            kestrel.Limits.RequestHeadersTimeout = options.HeaderLimit;
            // A request holds its place in the queue while its body comes: who sends more slowly than this for so long is cut off.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(5));
        });
        AddScorer(builder, options);

        var app = builder.Build();
        app.UseProtocolErrors();
        app.UseTritonMetrics();
        app.MapDefaultEndpoints();
        app.MapInferenceProtocol();
        app.MapKserveV1();
        if (options.GrpcPort is not null)
        {
            app.UseRouting();
            app.UseUnknownCalls();
            app.MapGrpcService<InferenceGrpcService>();
        }

        Announce(app);
        return app;
    }

    private static void AddScorer(WebApplicationBuilder builder, ScorerOptions options)
    {
        var state = ServiceState.Open(builder.Configuration, "scorer");
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => ExecutionProviders.Detect(options.Providers, options.RequireGpu, options.DeviceId));
        services.AddSingleton(new ModelCatalog(options.StrictReadiness));
        services.AddSingleton(new ComputeShare(options.ComputeSlots));
        services.AddSingleton<ModelLoader>();
        services.AddSingleton<Inferencer>();
        services.AddSingleton<GateCheck>();
        services.AddSingleton<ModelControlCalls>();
        services.AddSingleton<ScorerMetrics>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RepositoryModels>(provider, Path.Combine(state, "uploads")));
        services.AddSingleton<RegistrySwitch>();
        services.AddSingleton(provider => new ModelCache(Path.Combine(state, "models"), provider.GetRequiredService<IModelRegistry>()));
        // One repetition only: the watcher asks again anyway, and a server that is not up yet is no reason to wait long.
        services.AddMlflowClient(configure: mlflow => mlflow.MaxRetries = 1);
        services.TryAddSingleton<IModelRegistry>(provider => new MlflowModelRegistry(provider.GetRequiredService<MlflowClient>));
        services.AddHostedService<RepositoryFollower>();
        services.AddHostedService<RegistryWatcher>();
        services.AddHealthChecks().AddCheck<ModelsHealthCheck>("models");
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxRequestBytes;
            grpc.MaxSendMessageSize = null;
        });
    }

    private static void Announce(WebApplication app)
    {
        var choice = app.Services.GetRequiredService<ProviderChoice>();
        app.Services.GetRequiredService<ScorerMetrics>();
        if (choice.Warning is { } warning)
        {
            LogFallback(app.Logger, warning);
        }

        LogProvider(app.Logger, choice.Provider);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Models run on {Provider}")]
    private static partial void LogProvider(ILogger logger, string provider);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogFallback(ILogger logger, string warning);
}
