using Microsoft.Extensions.Configuration;

namespace MlKit.ServiceDefaults;

/// <summary>Where a service listens that has a default address or endpoints of its own.</summary>
public static class ListenUrls
{
    private const string Urls = "urls";
    private const string HttpPorts = "http_ports";

    /// <summary>
    /// The addresses, separated by ';': <c>--urls</c> (<c>ASPNETCORE_URLS</c>), else all interfaces at <c>HTTP_PORTS</c>
    /// (<c>ASPNETCORE_HTTP_PORTS</c>), which is how containers are told, else <paramref name="otherwise"/>.
    /// </summary>
    public static string Of(IConfiguration configuration, string otherwise)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration[Urls] is { Length: > 0 } urls)
        {
            return urls;
        }

        var ports = (configuration[HttpPorts] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return ports.Length == 0 ? otherwise : string.Join(';', ports.Select(port => $"http://*:{port}"));
    }
}
