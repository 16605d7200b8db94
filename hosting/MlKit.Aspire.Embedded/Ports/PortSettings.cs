using System.Globalization;
using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>A port that the user asked for.</summary>
/// <param name="Port">The port.</param>
/// <param name="Setting">Where it was set, for messages.</param>
internal sealed record UserPort(int Port, string Setting);

/// <summary>Reads <c>MlKit:Ports:RESOURCE</c> (for the endpoint named http or tcp) and <c>MlKit:Ports:RESOURCE-ENDPOINT</c>.</summary>
internal static class PortSettings
{
    /// <summary>The port set for an endpoint, or null.</summary>
    /// <exception cref="DistributedApplicationException">It is no port.</exception>
    public static UserPort? Find(IConfiguration configuration, string resource, string endpoint)
    {
        var setting = endpoint is "http" or "tcp" ? $"MlKit:Ports:{resource}" : $"MlKit:Ports:{resource}-{endpoint}";
        if (configuration[setting] is not { Length: > 0 } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? new UserPort(port, setting)
            : throw new DistributedApplicationException($"{setting} is '{text}', but the port of '{resource}' must be a number from 1 to 65535.");
    }
}
