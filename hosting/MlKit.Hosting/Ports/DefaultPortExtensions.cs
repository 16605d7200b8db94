using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Ports that are a convenience, not a requirement: they give way when another program holds them.</summary>
public static class DefaultPortExtensions
{
    /// <summary>
    /// Adds an http endpoint on a default port. When the port is taken on this machine a free one is used instead and
    /// one line says so. <c>MlKit:Ports:NAME</c> (for further endpoints <c>MlKit:Ports:NAME-ENDPOINT</c>) sets another
    /// port, which is then a requirement. In a cluster the port is always the default.
    /// </summary>
    /// <param name="builder">The resource that listens.</param>
    /// <param name="port">The port to prefer, 1 to 65535.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="containerPort">What the process listens on in a container; the default is <paramref name="port"/>.</param>
    /// <exception cref="DistributedApplicationException">
    /// The configured port is no port, or it is taken; the message names port, resource and setting.
    /// </exception>
    public static IResourceBuilder<T> WithDefaultHttpPort<T>(
        this IResourceBuilder<T> builder, int port, string name = "http", int? containerPort = null)
        where T : IResourceWithEndpoints
    {
        var application = builder.ApplicationBuilder;
        return application.ExecutionContext.IsPublishMode
            ? builder.WithHttpEndpoint(port: port, targetPort: containerPort ?? port, name: name)
            : builder.WithHttpEndpoint(
                port: application.ChoosePort(builder.Resource.Name, name, port),
                targetPort: builder.Resource.IsContainer() ? containerPort ?? port : null,
                name: name);
    }

    /// <summary>The port to ask the host for; null lets the host take any free one.</summary>
    internal static int? ChoosePort(this IDistributedApplicationBuilder builder, string resource, string endpoint, int port)
    {
        var setting = endpoint is "http" or "tcp" ? $"MlKit:Ports:{resource}" : $"MlKit:Ports:{resource}-{endpoint}";
        if (builder.Configuration[setting] is { Length: > 0 } configured)
        {
            return RequirePort(configured, setting, resource);
        }

        if (builder.Configuration["DcpPublisher:RandomizePorts"] is "true" or "True")
        {
            return null;
        }

        if (IsFree(port))
        {
            return port;
        }

        Console.WriteLine($"Port {port} of '{resource}' is taken: a free one is used instead (set {setting} to choose one).");
        return null;
    }

    private static int RequirePort(string configured, string setting, string resource)
    {
        if (!int.TryParse(configured, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw new DistributedApplicationException(
                $"{setting} is '{configured}', but the port of '{resource}' must be a number from 1 to 65535.");
        }

        return IsFree(port)
            ? port
            : throw new DistributedApplicationException(
                $"Port {port} of '{resource}', set by {setting}, is taken by another program. Free it or set another port.");
    }

    private static bool IsFree(int port) =>
        !IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Any(listener => listener.Port == port && ListensLocally(listener.Address));

    private static bool ListensLocally(IPAddress address) =>
        IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
