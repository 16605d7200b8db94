using System.Net.Sockets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An address at which a resource listens.</summary>
public sealed class EndpointAnnotation : IResourceAnnotation
{
    private string? _name;
    private string? _uriScheme;
    private string? _transport;
    private bool? _tlsEnabled;

    /// <summary>Declares an endpoint.</summary>
    /// <param name="protocol">The transport protocol of the socket.</param>
    /// <param name="uriScheme">The scheme of its URL; the default is the protocol in lower case.</param>
    /// <param name="transport">What is spoken: <c>http</c>, <c>http2</c>, <c>tcp</c>; the default follows from the scheme.</param>
    /// <param name="name">The name; the default is the scheme.</param>
    /// <param name="port">The port that callers use; null lets the host choose.</param>
    /// <param name="targetPort">The port that the process listens on; null lets the host choose.</param>
    /// <param name="isExternal">Whether it is reachable from outside when published.</param>
    /// <param name="isProxied">Whether the host stands between callers and the process; null is the host's default.</param>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme = null, string? transport = null, string? name = null, int? port = default, int? targetPort = default, bool? isExternal = default, bool? isProxied = default)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, isProxied)
    {
    }

    /// <inheritdoc cref="EndpointAnnotation(ProtocolType, string?, string?, string?, int?, int?, bool?, bool?)"/>
    public EndpointAnnotation(ProtocolType protocol, string? uriScheme, string? transport, string? name, int? port, int? targetPort, bool? isExternal, bool isProxied)
        : this(protocol, null, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <inheritdoc cref="EndpointAnnotation(ProtocolType, NetworkIdentifier?, string?, string?, string?, int?, int?, bool?, bool?)"/>
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme, string? transport, string? name, int? port, int? targetPort, bool? isExternal, bool isProxied)
        : this(protocol, networkId, uriScheme, transport, name, port, targetPort, isExternal, (bool?)isProxied)
    {
    }

    /// <summary>Declares an endpoint of a network.</summary>
    /// <param name="protocol">The transport protocol of the socket.</param>
    /// <param name="networkId">The network it is in; the default is this machine's.</param>
    /// <param name="uriScheme">The scheme of its URL; the default is the protocol in lower case.</param>
    /// <param name="transport">What is spoken: <c>http</c>, <c>http2</c>, <c>tcp</c>; the default follows from the scheme.</param>
    /// <param name="name">The name; the default is the scheme.</param>
    /// <param name="port">The port that callers use; null lets the host choose.</param>
    /// <param name="targetPort">The port that the process listens on; null lets the host choose.</param>
    /// <param name="isExternal">Whether it is reachable from outside when published.</param>
    /// <param name="isProxied">Whether the host stands between callers and the process; null is the host's default.</param>
    /// <exception cref="ArgumentException">The name is not a valid endpoint name.</exception>
    public EndpointAnnotation(ProtocolType protocol, NetworkIdentifier? networkId, string? uriScheme = null, string? transport = null, string? name = null, int? port = default, int? targetPort = default, bool? isExternal = default, bool? isProxied = default)
    {
        Protocol = protocol;
        _uriScheme = uriScheme;
        _transport = transport;
        _name = name;
        ModelName.Validate("Endpoint", Name, nameof(name));
        Port = port;
        TargetPort = targetPort;
        IsExternal = isExternal ?? false;
        IsExplicitlyProxied = isProxied;
        DefaultNetworkID = networkId ?? KnownNetworkIdentifiers.LocalhostNetwork;
        AllAllocatedEndpoints = new NetworkEndpointSnapshotList();
    }

    /// <summary>The name; by default the scheme.</summary>
    public string Name
    {
        get => _name ?? UriScheme;
        set => _name = value;
    }

    /// <summary>The transport protocol of the socket.</summary>
    public ProtocolType Protocol { get; set; }

    /// <summary>The port that callers use; null lets the host choose.</summary>
    public int? Port { get; set; }

    /// <summary>The port that the process listens on; null lets the host choose.</summary>
    public int? TargetPort { get; set; }

    /// <summary>The scheme of its URL; by default the protocol in lower case.</summary>
    public string UriScheme
    {
        get => _uriScheme ?? Protocol.ToString().ToLowerInvariant();
        set => _uriScheme = value;
    }

    /// <summary>The address that the process listens on: <c>localhost</c>, an IP address, or <c>0.0.0.0</c>.</summary>
    public string TargetHost { get; set; } = KnownHostNames.Localhost;

    /// <summary>What is spoken: <c>http</c>, <c>http2</c>, <c>tcp</c>.</summary>
    public string Transport
    {
        get => _transport ?? (UriScheme is "http" or "https" ? "http" : Protocol.ToString().ToLowerInvariant());
        set => _transport = value;
    }

    /// <summary>Whether it is reachable from outside when published.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Whether the host stands between callers and the process.</summary>
    public bool IsProxied
    {
        get => IsExplicitlyProxied ?? true;
        set => IsExplicitlyProxied = value;
    }

    /// <summary>What was said about proxying; null where nothing was.</summary>
    public bool? IsExplicitlyProxied { get; set; }

    /// <summary>Whether a reference to the whole resource leaves this endpoint out.</summary>
    public bool ExcludeReferenceEndpoint { get; set; }

    /// <summary>Whether TLS is spoken; by default where the scheme is <c>https</c>.</summary>
    public bool TlsEnabled
    {
        get => _tlsEnabled ?? string.Equals(UriScheme, "https", StringComparison.OrdinalIgnoreCase);
        set => _tlsEnabled = value;
    }

    /// <summary>The network that <see cref="AllocatedEndpoint"/> is in.</summary>
    public NetworkIdentifier DefaultNetworkID { get; }

    /// <summary>The address in the default network, once the host gave one; setting it releases those who wait for it.</summary>
    public AllocatedEndpoint? AllocatedEndpoint
    {
        get => AllAllocatedEndpoints.TryGet(DefaultNetworkID);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(value.NetworkID, value);
        }
    }

    /// <summary>The promise of the address in the default network.</summary>
    [Obsolete("Use AllAllocatedEndpoints instead.")]
    public ValueSnapshot<AllocatedEndpoint> AllocatedEndpointSnapshot => AllAllocatedEndpoints.GetSnapshot(DefaultNetworkID);

    /// <summary>
    /// Whether nobody asked for it: the https endpoint that a web project gets when it is published, on the port of its
    /// http endpoint.
    /// </summary>
    internal bool IsImplicit { get; set; }

    /// <summary>The address in each network.</summary>
    public NetworkEndpointSnapshotList AllAllocatedEndpoints { get; }
}
