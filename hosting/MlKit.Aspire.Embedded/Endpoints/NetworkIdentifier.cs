namespace Aspire.Hosting.ApplicationModel;

/// <summary>Names a network from which endpoints are reached.</summary>
/// <param name="Value">The name.</param>
public record class NetworkIdentifier(string Value);

/// <summary>The networks that the host knows.</summary>
public static class KnownNetworkIdentifiers
{
    /// <summary>Processes of this machine.</summary>
    public static readonly NetworkIdentifier LocalhostNetwork = new("localhost");

    /// <summary>Everything outside.</summary>
    public static readonly NetworkIdentifier PublicInternet = new(".");

    /// <summary>The containers that the host starts.</summary>
    public static readonly NetworkIdentifier DefaultAspireContainerNetwork = new("aspire-container-network");
}

/// <summary>Host names with a fixed meaning.</summary>
public static class KnownHostNames
{
    /// <summary>This machine.</summary>
    public const string Localhost = "localhost";

    /// <summary>The machine of the host, seen from its containers, through the tunnel.</summary>
    public const string DefaultContainerTunnelHostName = "aspire.dev.internal";

    /// <summary>The machine of the host, seen from a container of Docker Desktop.</summary>
    public const string DockerDesktopHostBridge = "host.docker.internal";
}
