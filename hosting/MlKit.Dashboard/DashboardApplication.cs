using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.FluentUI.AspNetCore.Components;
using MlKit.Dashboard.Components;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Otlp;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Security;
using MlKit.Dashboard.Telemetry;

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
        services.AddDashboardSecurity(options);
        AddTelemetry(services);
        AddResources(services, options);
        services.AddHostedService<StartupAnnouncement>();
        services.AddRazorComponents().AddInteractiveServerComponents(circuit => circuit.DisconnectedCircuitMaxRetained = 10);
        services.AddFluentUIComponents();
    }

    private static void AddTelemetry(IServiceCollection services)
    {
        services.AddSingleton<StringPool>();
        services.AddSingleton<ResourceRegistry>();
        services.AddSingleton<LogStore>();
        services.AddSingleton<TraceStore>();
        services.AddSingleton<MetricStore>();
        services.AddSingleton<OtlpStatistics>();
        services.AddSingleton<OtlpAttributes>();
        services.AddSingleton<OtlpResources>();
        services.AddSingleton<TraceIngest>();
        services.AddSingleton<LogIngest>();
        services.AddSingleton<MetricIngest>();
        services.AddRequestDecompression();
        services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = MaxGrpcMessageBytes);
    }

    private static void AddResources(IServiceCollection services, DashboardOptions options)
    {
        services.AddSingleton<HostConnection>();
        services.AddSingleton<ResourceStore>();
        services.AddSingleton<ConsoleLogStore>();
        services.AddSingleton<ResourceServiceCalls>();
        services.AddSingleton<CommandRunner>();
        services.AddScoped<CommandPrompt>();
        services.AddGrpcClient<ResourceService.ResourceService.ResourceServiceClient>(client =>
            client.Address = options.ResourceServiceUrl ?? new Uri("http://localhost:1"))
            .ConfigureChannel(channel => channel.MaxReceiveMessageSize = MaxGrpcMessageBytes);
        services.AddHostedService<ResourceWatcher>();
    }

    private static void Configure(WebApplication app)
    {
        app.UseRouting();
        app.UseMiddleware<ListenerGate>();
        app.UseWhen(
            context => context.GetListenerKind() != ListenerKind.Frontend,
            otlp => otlp.UseMiddleware<OtlpGate>().UseRequestDecompression());
        app.UseWhen(
            context => context.GetListenerKind() == ListenerKind.Frontend,
            pages => pages.UseMiddleware<RequestGuard>());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();

        MapGrpc<OtlpTraceService>(app);
        MapGrpc<OtlpLogsService>(app);
        MapGrpc<OtlpMetricsService>(app);
        app.MapOtlpHttp();
        app.MapStaticAssets().AllowAnonymous();
        app.MapLogin();
        app.MapConsoleDownload();
        app.MapGet("/alive", () => Results.Text("Healthy")).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = "'none'");
    }

    private static void MapGrpc<TService>(IEndpointRouteBuilder endpoints)
        where TService : class =>
        endpoints.MapGrpcService<TService>().WithMetadata(new ListenerMetadata(ListenerKind.OtlpGrpc)).AllowAnonymous();
}
