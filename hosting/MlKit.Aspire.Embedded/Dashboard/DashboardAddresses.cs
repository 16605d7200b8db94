using System.Security.Cryptography;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Ports;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>Where the dashboard and the services around it listen, and the keys between them.</summary>
/// <param name="Ui">The URL for the browser.</param>
/// <param name="OtlpGrpc">Where telemetry is sent by gRPC.</param>
/// <param name="OtlpHttp">Where telemetry is sent by HTTP.</param>
/// <param name="ResourceService">Where the host tells the dashboard about resources.</param>
/// <param name="OtlpKey">The key that senders of telemetry show.</param>
/// <param name="ResourceKey">The key that the dashboard shows to the host.</param>
/// <param name="BrowserToken">The token of the login page.</param>
internal sealed record DashboardAddresses(
    string Ui, string OtlpGrpc, string OtlpHttp, string ResourceService, string OtlpKey, string ResourceKey, string BrowserToken)
{
    /// <summary>The URL for the browser where nothing is set.</summary>
    public const int DefaultPort = 18888;

    /// <summary>The configuration keys that a user may set, and that the host fills for those who send telemetry.</summary>
    public const string OtlpGrpcKey = "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL";

    /// <inheritdoc cref="OtlpGrpcKey"/>
    public const string OtlpHttpKey = "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL";

    /// <summary>The configuration key of the key that senders of telemetry show.</summary>
    public const string OtlpApiKey = "AppHost:OtlpApiKey";

    private const string UiKey = "ASPNETCORE_URLS";
    private const string ResourceServiceKey = "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL";

    /// <summary>The page that logs a browser in.</summary>
    public string LoginUrl => $"{Ui}/login?t={BrowserToken}";

    /// <summary>Takes the addresses from the configuration, or free ports where it has none.</summary>
    /// <exception cref="DistributedApplicationException">An address that the user set is taken or is no URL.</exception>
    public static DashboardAddresses Choose(IConfiguration configuration, FreePorts ports, bool randomize, Action<string> say) => new(
        ChooseUi(configuration, ports, randomize, say),
        Address(configuration, OtlpGrpcKey, ports, randomize),
        Address(configuration, OtlpHttpKey, ports, randomize),
        Address(configuration, ResourceServiceKey, ports, randomize),
        configuration[OtlpApiKey] is { Length: > 0 } otlp ? otlp : NewKey(),
        configuration["AppHost:ResourceService:ApiKey"] is { Length: > 0 } key ? key : NewKey(),
        configuration["AppHost:BrowserToken"] ?? configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? NewKey());

    private static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string ChooseUi(IConfiguration configuration, FreePorts ports, bool randomize, Action<string> say)
    {
        var set = configuration[UiKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
        var url = set is null ? new Uri($"http://localhost:{DefaultPort}") : Parse(set, UiKey);
        if (randomize || url.Port == 0)
        {
            return $"http://localhost:{ports.Take()}";
        }

        if (ports.TryTake(url.Port))
        {
            return Text(url);
        }

        // A launch profile that repeats the default port does not make it the user's.
        if (url.Port != DefaultPort)
        {
            throw Taken(url, UiKey);
        }

        var free = ports.Take();
        say($"port {url.Port} of 'aspire-dashboard' is taken: {free} is used instead");
        return $"{url.Scheme}://{url.Host}:{free}";
    }

    private static string Address(IConfiguration configuration, string key, FreePorts ports, bool randomize)
    {
        if (randomize || configuration[key] is not { Length: > 0 } text)
        {
            return $"http://localhost:{ports.Take()}";
        }

        var url = Parse(text, key);
        return ports.TryTake(url.Port) ? Text(url) : throw Taken(url, key);
    }

    private static Uri Parse(string text, string key) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? new Uri(text, UriKind.Absolute)
            : throw new DistributedApplicationException($"{key} is '{text}', but must be an absolute http or https URL");

    private static DistributedApplicationException Taken(Uri url, string key) =>
        new($"port {url.Port} of 'aspire-dashboard' (set by {key}) is taken by another program; free it or set another port");

    private static string Text(Uri url) => $"{url.Scheme}://{url.Host}:{url.Port}";
}
