using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>An endpoint that a project's appsettings give to Kestrel.</summary>
/// <param name="Name">Its name in the appsettings.</param>
/// <param name="Scheme">http or https.</param>
/// <param name="Host">The host part: a name, an address, or <c>*</c>.</param>
/// <param name="Port">The port; null leaves it to the host.</param>
/// <param name="IsHttp2">Whether it speaks HTTP/2 only.</param>
internal sealed record KestrelEndpoint(string Name, string Scheme, string Host, int? Port, bool IsHttp2)
{
    /// <summary>The endpoints in the appsettings beside a project.</summary>
    /// <exception cref="DistributedApplicationException">A URL among them cannot be read.</exception>
    public static IReadOnlyList<KestrelEndpoint> Read(string projectPath, string environmentName)
    {
        var folder = Path.GetDirectoryName(projectPath);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var configuration = new ConfigurationBuilder()
            .SetBasePath(folder)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddJsonFile($"appsettings.{environmentName}.json", optional: true, reloadOnChange: false)
            .Build();
        var common = configuration["Kestrel:EndpointDefaults:Protocols"];
        return [.. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is { Length: > 0 })
            .Select(section => Parse(section.Key, section["Url"]!, section["Protocols"] ?? common, projectPath))];
    }

    private static KestrelEndpoint Parse(string name, string url, string? protocols, string projectPath)
    {
        // Kestrel allows * and + as hosts, which URIs do not.
        var parsable = url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);
        if (!Uri.TryCreate(parsable, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new DistributedApplicationException(
                $"The Kestrel endpoint '{name}' in the appsettings of '{projectPath}' has the URL '{url}', which is not an http or https address.");
        }

        var host = parsable == url ? uri.Host : "*";
        int? port = uri.IsDefaultPort && !url.EndsWith($":{uri.Port}", StringComparison.Ordinal) ? null : uri.Port;
        return new(name, uri.Scheme, host, port is 0 ? null : port, string.Equals(protocols, "Http2", StringComparison.OrdinalIgnoreCase));
    }
}
