using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The OpenTelemetry variables of a resource.</summary>
internal static class OtlpEnvironment
{
    /// <summary>Set by a host that starts no dashboard: nobody takes telemetry, so nothing is told where to send it.</summary>
    public const string UnavailableKey = "MlKit:TelemetryUnavailable";

    private const string GrpcKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string HttpKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string LegacyGrpcKey = "DOTNET_DASHBOARD_OTLP_ENDPOINT_URL";
    private const string LegacyHttpKey = "DOTNET_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";
    private const string ApiKey = "AppHost:OtlpApiKey";
    private const string Fallback = "http://localhost:18889";

    public static void Apply(EnvironmentCallbackContext context, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? protocol, bool onlyIfAvailable)
    {
        var variables = context.EnvironmentVariables;
        if (configuration[UnavailableKey] is null && !Address(variables, configuration, protocol, onlyIfAvailable))
        {
            return;
        }

        variables["OTEL_SERVICE_NAME"] = context.Resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={InstanceMarks.InstanceId}";
        if (environment.IsDevelopment())
        {
            // What was measured a second ago is seen now, and everything is.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    private static bool Address(Dictionary<string, object> variables, IConfiguration configuration, OtlpProtocol? protocol, bool onlyIfAvailable)
    {
        var grpc = configuration[GrpcKey] ?? configuration[LegacyGrpcKey];
        var http = configuration[HttpKey] ?? configuration[LegacyHttpKey];
        var (url, name) = protocol switch
        {
            OtlpProtocol.Grpc => (grpc, "grpc"),
            OtlpProtocol.HttpProtobuf => (http, "http/protobuf"),
            OtlpProtocol.HttpJson => (http, "http/json"),
            null when grpc is not null => (grpc, "grpc"),
            null when http is not null => (http, "http/protobuf"),
            _ => (Fallback, "grpc"),
        };
        if (url is null)
        {
            return onlyIfAvailable ? false : throw new InvalidOperationException(
                $"OTLP endpoint for protocol {name} is not configured: set {(protocol == OtlpProtocol.Grpc ? GrpcKey : HttpKey)}.");
        }

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = new HostUrl(url);
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = name;
        if (configuration[ApiKey] is { Length: > 0 } key)
        {
            variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
        }

        return true;
    }
}
