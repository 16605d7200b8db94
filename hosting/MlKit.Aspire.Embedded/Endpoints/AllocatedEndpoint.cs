using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The address that the host gave to an endpoint.</summary>
public class AllocatedEndpoint
{
    /// <summary>Creates an address.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="address">Host name or IP address that callers use.</param>
    /// <param name="port">Port that callers use, 1-65535.</param>
    /// <param name="bindingMode">Which addresses of the machine are listened on.</param>
    /// <param name="targetPortExpression">What stands for the port that the process listens on: a number, or a mark that
    /// the host replaces for each replica.</param>
    /// <param name="networkId">The network that the address is of.</param>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null, NetworkIdentifier? networkId = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentException.ThrowIfNullOrEmpty(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        Endpoint = endpoint;
        Address = address;
        Port = port;
        BindingMode = bindingMode;
        TargetPortExpression = targetPortExpression;
        NetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
    }

    /// <inheritdoc cref="AllocatedEndpoint(EndpointAnnotation, string, int, EndpointBindingMode, string?, NetworkIdentifier?)"/>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, EndpointBindingMode bindingMode, string? targetPortExpression = null)
        : this(endpoint, address, port, bindingMode, targetPortExpression, null)
    {
    }

    /// <inheritdoc cref="AllocatedEndpoint(EndpointAnnotation, string, int, EndpointBindingMode, string?, NetworkIdentifier?)"/>
    public AllocatedEndpoint(EndpointAnnotation endpoint, string address, int port, string? targetPortExpression = null)
        : this(endpoint, address, port, EndpointBindingMode.SingleAddress, targetPortExpression, null)
    {
    }

    /// <summary>The endpoint.</summary>
    public EndpointAnnotation Endpoint { get; }

    /// <summary>Host name or IP address that callers use.</summary>
    public string Address { get; }

    /// <summary>Which addresses of the machine are listened on.</summary>
    public EndpointBindingMode BindingMode { get; }

    /// <summary>Port that callers use.</summary>
    public int Port { get; }

    /// <summary>The scheme of the URL.</summary>
    public string UriScheme => Endpoint.UriScheme;

    /// <summary><c>host:port</c>.</summary>
    public string EndPointString => string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");

    /// <summary><c>scheme://host:port</c>.</summary>
    public string UriString => $"{UriScheme}://{EndPointString}";

    /// <summary>What stands for the port that the process listens on; null where it is the endpoint's target port.</summary>
    public string? TargetPortExpression { get; }

    /// <summary>The network that the address is of.</summary>
    public NetworkIdentifier NetworkID { get; }

    /// <summary>The URL.</summary>
    public override string ToString() => UriString;
}

/// <summary>Which addresses of the machine are listened on.</summary>
public enum EndpointBindingMode
{
    /// <summary>One address.</summary>
    SingleAddress = 0,

    /// <summary>All, of IPv4 and IPv6.</summary>
    DualStackAnyAddresses = 1,

    /// <summary>All of IPv4.</summary>
    IPv4AnyAddresses = 2,

    /// <summary>All of IPv6.</summary>
    IPv6AnyAddresses = 3,
}
