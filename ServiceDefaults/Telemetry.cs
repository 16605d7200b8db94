using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MlKit.ServiceDefaults;

/// <summary>
/// Traces, metrics and logs by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, and metrics for Prometheus
/// always. A component becomes visible by naming its ActivitySource and Meter <c>MlKit.*</c>.
/// </summary>
internal static class Telemetry
{
    private const string TimeoutKey = "OTEL_EXPORTER_OTLP_TIMEOUT";

    /// <summary>
    /// A collector that is gone holds up the end of a process once for traces, metrics and logs each: with the
    /// exporter's own 10 s that would be longer than any drain.
    /// </summary>
    private const string TimeoutMilliseconds = "1500";

    private static readonly string[] Quiet = ["/health", "/alive", "/metrics"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        AddCommonTelemetry(builder)
            .WithTracing(tracing => tracing
                .AddAspNetCoreInstrumentation(options => options.Filter = IsInteresting))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddPrometheusExporter());
    }

    /// <summary>Telemetry of a process without a web server: nobody scrapes it, so OTLP only.</summary>
    public static void AddTelemetry(this HostApplicationBuilder builder) => AddCommonTelemetry(builder);

    private static OpenTelemetryBuilder AddCommonTelemetry(IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });

        var telemetry = builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, "MlKit.*")
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter("MlKit.*")
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation());

        if (!string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Configuration[TimeoutKey] ??= TimeoutMilliseconds;
            telemetry.UseOtlpExporter();
        }

        return telemetry;
    }

    /// <summary>Probes and scrapes come every few seconds and would bury the requests of users.</summary>
    private static bool IsInteresting(HttpContext context) =>
        !Array.Exists(Quiet, path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));
}
