using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>Says that the port of an endpoint came from the user (a launch profile), not from the AppHost's defaults.</summary>
/// <param name="endpointName">The endpoint.</param>
/// <param name="port">The port as the user set it; another one in the endpoint means that the AppHost overrode it.</param>
/// <param name="setting">Where it was set, for messages.</param>
internal sealed class UserPortAnnotation(string endpointName, int port, string setting) : IResourceAnnotation
{
    /// <summary>The endpoint.</summary>
    public string EndpointName { get; } = endpointName;

    /// <summary>The port as the user set it.</summary>
    public int Port { get; } = port;

    /// <summary>Where it was set, for messages.</summary>
    public string Setting { get; } = setting;
}
