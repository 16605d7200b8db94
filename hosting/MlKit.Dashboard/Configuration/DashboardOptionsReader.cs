using System.Globalization;
using System.Security.Cryptography;
using MlKit.Dashboard.History;

namespace MlKit.Dashboard.Configuration;

/// <summary>Reads <see cref="DashboardOptions"/> from configuration; a wrong value is an error that names the key.</summary>
internal static class DashboardOptionsReader
{
    private const string FrontendDefault = "http://localhost:18888";
    private const string OtlpGrpcDefault = "http://localhost:18889";
    private const string OtlpHttpDefault = "http://localhost:18890";

    /// <summary>Reads all settings.</summary>
    /// <exception cref="DashboardConfigurationException">A value is not allowed.</exception>
    public static DashboardOptions Read(IConfiguration configuration)
    {
        var resourceService = Text(configuration, "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "Dashboard:ResourceServiceClient:Url");
        var anonymous = Flag(configuration, "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "Dashboard:Frontend:AllowAnonymous");
        var token = Text(configuration, "Dashboard:Frontend:BrowserToken", "ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN");
        return new DashboardOptions
        {
            FrontendUrls = FrontendUrls(configuration),
            OtlpGrpcUrl = OtlpUrl(configuration, "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "Dashboard:Otlp:GrpcEndpointUrl", OtlpGrpcDefault, resourceService is null),
            OtlpHttpUrl = OtlpUrl(configuration, "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", "Dashboard:Otlp:HttpEndpointUrl", OtlpHttpDefault, resourceService is null),
            ResourceServiceUrl = resourceService is { } given ? Url(given.Key, given.Value) : null,
            ResourceServiceApiKey = Text(configuration, "Dashboard:ResourceServiceClient:ApiKey")?.Value,
            OtlpApiKey = Text(configuration, "Dashboard:Otlp:PrimaryApiKey")?.Value,
            OtlpAllowedOrigins = Origins(configuration),
            OtlpAllowedHeaders = ["content-type", "x-otlp-api-key", "traceparent", "x-requested-with", .. Parts(Text(configuration, "Dashboard:Otlp:Cors:AllowedHeaders")?.Value ?? "")],
            BrowserToken = anonymous ? null : token?.Value ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
            BrowserTokenWasGenerated = !anonymous && token is null,
            ApplicationName = Text(configuration, "ASPIRE_DASHBOARD_APPLICATION_NAME", "Dashboard:ApplicationName")?.Value ?? "Telemetry",
            Limits = Limits(configuration.GetSection("Dashboard:TelemetryLimits")),
            History = History(configuration),
        };
    }

    private static string[] Origins(IConfiguration configuration)
    {
        if (Text(configuration, "Dashboard:Otlp:Cors:AllowedOrigins", "ASPIRE_DASHBOARD_CORS_ALLOWED_ORIGINS") is not { } text)
        {
            return [];
        }

        return [.. Parts(text.Value).Select(part => part == "*" ? part : Url(text.Key, part).GetLeftPart(UriPartial.Authority))];
    }

    private static string[] Parts(string text) => text.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Under a host each run is kept where the host says; alone nothing is, unless asked for.
    private static HistoryOptions History(IConfiguration configuration)
    {
        var section = configuration.GetSection("Dashboard:Data");
        var defaults = new HistoryOptions();
        var runId = Text(configuration, "Dashboard:Data:RunId");
        var mode = Mode(configuration);
        return new HistoryOptions
        {
            Mode = mode,
            Directory = Text(configuration, "ASPIRE_DASHBOARD_DATA_DIRECTORY", "Dashboard:Data:DataDirectory")?.Value ?? defaults.Directory,
            RunId = mode == HistoryMode.Resume ? HistoryOptions.ResumedRun
                : runId is { } given && !RunFolder.IsRunId(given.Value) ? throw Wrong(given.Key, given.Value, "1 to 64 letters, digits, '-' or '_'")
                : runId?.Value,
            MaxRunCount = Count(section, nameof(defaults.MaxRunCount), defaults.MaxRunCount),
            MaxRunMegabytes = Count(section, nameof(defaults.MaxRunMegabytes), defaults.MaxRunMegabytes),
        };
    }

    private static HistoryMode Mode(IConfiguration configuration) =>
        Text(configuration, "ASPIRE_DASHBOARD_PERSISTENCE_MODE", "Dashboard:Data:PersistenceMode") is not { } text ? HistoryMode.None
        : Enum.TryParse<HistoryMode>(text.Value, ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode
        : throw Wrong(text.Key, text.Value, "None, Run or Resume");

    private static List<Uri> FrontendUrls(IConfiguration configuration)
    {
        var text = Text(configuration, "urls", "ASPNETCORE_URLS") ?? new("urls", FrontendDefault);
        var urls = text.Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => Url(text.Key, part))
            .ToList();
        return urls.Count > 0 ? urls : throw Wrong(text.Key, text.Value, "one or more addresses such as " + FrontendDefault);
    }

    // Under a host an address that the host did not give is not served: its default port may be another dashboard's.
    private static Uri? OtlpUrl(IConfiguration configuration, string key, string alternative, string fallback, bool standalone) =>
        Text(configuration, key, alternative) is { } given ? Url(given.Key, given.Value)
        : standalone ? new Uri(fallback)
        : null;

    private static Uri Url(string key, string value)
    {
        // Wildcard hosts are no URIs, though Kestrel's users know them.
        var text = value.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/"
            ? url
            : throw Wrong(key, value, "an http or https address without a path, such as http://localhost:18888");
    }

    private static TelemetryLimits Limits(IConfigurationSection section)
    {
        var limits = new TelemetryLimits();
        var traces = Count(section, nameof(limits.MaxTraceCount), limits.MaxTraceCount);
        var points = Count(section, nameof(limits.MaxMetricsCount), limits.MaxMetricsCount);
        return new TelemetryLimits
        {
            MaxLogCount = Count(section, nameof(limits.MaxLogCount), limits.MaxLogCount),
            MaxTraceCount = traces,
            MaxSpanCount = Count(section, nameof(limits.MaxSpanCount), checked((int)Math.Min(int.MaxValue, 20L * traces))),
            MaxMetricsCount = points,
            MaxDimensionCount = Count(section, nameof(limits.MaxDimensionCount), limits.MaxDimensionCount),
            MaxSeriesCount = Count(section, nameof(limits.MaxSeriesCount), limits.MaxSeriesCount),
            MaxPointCount = Count(section, nameof(limits.MaxPointCount), checked((int)Math.Min(int.MaxValue, 8L * points))),
            MaxAttributeCount = Count(section, nameof(limits.MaxAttributeCount), limits.MaxAttributeCount),
            MaxAttributeLength = Count(section, nameof(limits.MaxAttributeLength), limits.MaxAttributeLength),
            MaxSpanEventCount = Count(section, nameof(limits.MaxSpanEventCount), limits.MaxSpanEventCount),
            MaxResourceCount = Count(section, nameof(limits.MaxResourceCount), limits.MaxResourceCount),
            MaxConsoleLineCount = Count(section, nameof(limits.MaxConsoleLineCount), limits.MaxConsoleLineCount),
        };
    }

    private static int Count(IConfigurationSection section, string name, int fallback)
    {
        var text = section[name];
        return string.IsNullOrWhiteSpace(text) ? fallback
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count
            : throw Wrong($"{section.Path}:{name}", text, "a whole number from 1");
    }

    private static bool Flag(IConfiguration configuration, params string[] keys)
    {
        var text = Text(configuration, keys);
        return text is { } given && (bool.TryParse(given.Value, out var value) ? value
            : given.Value is "1" || (given.Value is "0" ? false : throw Wrong(given.Key, given.Value, "true or false")));
    }

    private static KeyValuePair<string, string>? Text(IConfiguration configuration, params string[] keys)
    {
        foreach (var key in keys)
        {
            if (configuration[key] is { } value && !string.IsNullOrWhiteSpace(value))
            {
                return new(key, value.Trim());
            }
        }

        return null;
    }

    private static DashboardConfigurationException Wrong(string key, string value, string allowed) =>
        new($"setting {key} is '{value}', but must be {allowed}");
}
