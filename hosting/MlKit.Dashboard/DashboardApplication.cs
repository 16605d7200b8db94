using System.Globalization;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.FluentUI.AspNetCore.Components;
using MlKit.Dashboard.Components;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.History;
using MlKit.Dashboard.MachineLearning;
using MlKit.Dashboard.Otlp;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Resources.Graph;
using MlKit.Dashboard.Security;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Transfer;

namespace MlKit.Dashboard;

/// <summary>Puts the dashboard together.</summary>
internal static class DashboardApplication
{
    private const int MaxGrpcMessageBytes = 16 * 1024 * 1024;

    /// <summary>Builds the dashboard; the caller runs it.</summary>
    /// <param name="args">The command line; <c>--urls</c> and any configuration key.</param>
    /// <exception cref="DashboardConfigurationException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args)
    {
        // The host starts the built assembly from any folder: files are looked for beside the assembly.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(DashboardApplication).Assembly.GetName().Name,
            WebRootPath = "wwwroot",
        });
        var options = DashboardOptionsReader.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel => Listeners.Open(kestrel, options));

        // Without a publish, the packages' scripts and styles are found through the build's manifest.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        AddLogging(builder.Logging);
        AddServices(builder.Services, options);
        var app = builder.Build();
        Configure(app);
        return app;
    }

    // Kestrel would warn that the addresses were read by Listeners and not by itself. What gRPC says about garbage is
    // counted and told by OtlpStatistics, without a stack trace per request.
    private static void AddLogging(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
        .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
        .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
        .AddFilter("System.Net.Http", LogLevel.Warning)
        .AddFilter("Grpc", LogLevel.None);

    private static void AddServices(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Limits);
        services.AddSingleton(options.History);
        services.AddDashboardSecurity(options);
        AddRuns(services);
        AddTelemetry(services, options);
        AddResources(services, options);
        services.AddHostedService<StartupAnnouncement>();
        services.AddHostedService<MemoryTrimmer>();
        services.AddRazorComponents().AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitMaxRetained = 10);
        services.AddFluentUIComponents();
    }

    // A page gets the stores of the run that its visitor looks at; only what receives knows the live ones.
    private static void AddRuns(IServiceCollection services)
    {
        services.AddSingleton(provider => StartRun(provider.GetRequiredService<DashboardOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RunReplay>();
        services.AddSingleton<RunArchive>();
        services.AddSingleton<RunRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<RunRecorder>());
        services.AddScoped<RunView>();
        services.AddScoped(provider => provider.GetRequiredService<RunView>().Data.Stores.Senders);
        services.AddScoped(provider => provider.GetRequiredService<RunView>().Data.Stores.Logs);
        services.AddScoped(provider => provider.GetRequiredService<RunView>().Data.Stores.Traces);
        services.AddScoped(provider => provider.GetRequiredService<RunView>().Data.Stores.Metrics);
        services.AddScoped(provider => provider.GetRequiredService<RunView>().Data.Stores.Resources);
        services.AddScoped(provider => provider.GetRequiredService<RunView>().Data.Stores.Console);
    }

    private static RunData StartRun(DashboardOptions options, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var id = options.History.RunId ?? now.ToString(RunInfo.IdFormat, CultureInfo.InvariantCulture);
        return new RunData(new RunInfo(id, options.ApplicationName, RunInfo.StartOf(id, now), null), new RunStores(options.Limits), IsLive: true);
    }

    private static void AddTelemetry(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton<StringPool>();
        services.AddSingleton<OtlpStatistics>();
        services.AddSingleton<OtlpAttributes>();
        services.AddSingleton(provider => new OtlpIngest(
            provider.GetRequiredService<RunData>().Stores,
            provider.GetRequiredService<OtlpAttributes>(),
            provider.GetRequiredService<TelemetryLimits>(),
            provider.GetRequiredService<OtlpStatistics>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OtlpReceiver>();
        services.AddSingleton<TelemetryImport>();
        services.AddCors(cors => cors.AddPolicy(OtlpHttpEndpoints.CorsPolicy, policy => policy
            .WithOrigins([.. options.OtlpAllowedOrigins]).WithHeaders([.. options.OtlpAllowedHeaders]).WithMethods(HttpMethods.Post)));
        services.AddRequestDecompression();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxGrpcMessageBytes);
    }

    private static void AddResources(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton<HostConnection>();
        services.AddSingleton<ResourceServiceCalls>();
        services.AddSingleton<CommandRunner>();
        services.AddScoped<CommandPrompt>();
        services.AddScoped<ModelLinks>();
        services.AddHttpClient<MlflowLookup>(client => client.Timeout = TimeSpan.FromSeconds(5));
        services.AddGrpcClient<ResourceService.ResourceService.ResourceServiceClient>(client =>
            client.Address = options.ResourceServiceUrl ?? new Uri("http://localhost:1"))
            .ConfigureChannel(channel => channel.MaxReceiveMessageSize = MaxGrpcMessageBytes);
        services.AddHostedService<ResourceWatcher>();
    }

    private static void Configure(WebApplication app)
    {
        app.UseMiddleware<RunPath>();
        app.UseRouting();
        // Before the gates: a browser's preflight has no endpoint and no key.
        app.UseWhen(
            context => context.GetListenerKind() == ListenerKind.OtlpHttp,
            otlp => otlp.UseCors(OtlpHttpEndpoints.CorsPolicy));
        app.UseMiddleware<ListenerGate>();
        app.UseWhen(
            context => context.GetListenerKind() != ListenerKind.Frontend,
            otlp => otlp.UseMiddleware<OtlpGate>().UseRequestDecompression());
        app.UseWhen(
            context => context.GetListenerKind() == ListenerKind.Frontend,
            pages => pages.UseMiddleware<RequestGuard>());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(
            context => context.GetListenerKind() == ListenerKind.Frontend,
            pages => pages.Use((context, next) => RunPath.OpenAsync(context, next)));
        app.UseAntiforgery();

        MapGrpc<OtlpTraceService>(app);
        MapGrpc<OtlpLogsService>(app);
        MapGrpc<OtlpMetricsService>(app);
        app.MapOtlpHttp();
        app.MapStaticAssets().AllowAnonymous();
        app.MapLogin();
        app.MapConsoleDownload();
        app.MapGraphDownload();
        app.MapTelemetryDownload();
        app.MapMlflowRedirects();
        app.MapGet("/alive", () => Results.Text("Healthy")).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = "'none'");
    }

    private static void MapGrpc<TService>(IEndpointRouteBuilder endpoints)
        where TService : class =>
        endpoints.MapGrpcService<TService>().WithMetadata(new ListenerMetadata(ListenerKind.OtlpGrpc)).AllowAnonymous();
}
