using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace MlKit.ServiceDefaults;

/// <summary>What every service shares: telemetry, health, resilience, service discovery, secrets and drain.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>How long a service may take to finish its requests after SIGTERM.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(8);

    /// <summary>
    /// Adds the shared services. Call it first, before the service reads its own configuration: secrets mounted as
    /// files under <c>MLKIT__SECRETS__PATH</c> become configuration here.
    /// </summary>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder)
    {
        LibraryTelemetry.TurnOff();
        builder.Configuration.AddLogDefaults();
        builder.Configuration.AddMountedSecrets();
        builder.AddTelemetry();

        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [HealthTags.Live]);
        builder.Services.AddProblemDetails();
        builder.Services.AddPeers();
        builder.WebHost.ConfigureKestrelDefaults();
        return builder;
    }

    /// <summary>
    /// Adds the shared services of a process that does its work and ends: everything but health and web endpoints.
    /// Call it first, before the job reads its own configuration.
    /// </summary>
    public static HostApplicationBuilder AddJobDefaults(this HostApplicationBuilder builder)
    {
        LibraryTelemetry.TurnOff();
        builder.Configuration.AddLogDefaults();
        builder.Configuration.AddMountedSecrets();
        builder.AddTelemetry();
        builder.Services.AddPeers();
        return builder;
    }

    /// <summary>
    /// Maps <c>/health</c> (ready: every check), <c>/alive</c> (live: checks tagged <see cref="HealthTags.Live"/>)
    /// and <c>/metrics</c> (Prometheus text), all without authentication.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync })
            .AllowAnonymous();
        app.MapHealthChecks("/alive", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(HealthTags.Live),
            ResponseWriter = HealthReportWriter.WriteAsync,
        }).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        return app;
    }

    /// <summary>Finding and calling other services, and time to finish after SIGTERM.</summary>
    private static void AddPeers(this IServiceCollection services)
    {
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTime);
    }
}
