using System.Net;
using System.Net.NetworkInformation;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>The network that the containers of one host share.</summary>
/// <param name="Name">Its name in the engine.</param>
/// <param name="Gateway">
/// The address by which its containers reach this machine; null where the engine runs in a virtual machine, which leads
/// <c>host-gateway</c> to the loopback addresses of this one by itself.
/// </param>
internal sealed record ContainerNetwork(string Name, IPAddress? Gateway)
{
    private static readonly string[] Names =
        [KnownHostNames.DefaultContainerTunnelHostName, KnownHostNames.DockerDesktopHostBridge, "host.containers.internal"];

    /// <summary>The arguments of <c>create</c> that give this machine its names.</summary>
    public IEnumerable<string> HostNames() => Names.SelectMany(name => new[] { "--add-host", $"{name}:{Gateway?.ToString() ?? "host-gateway"}" });

    /// <summary>The gateway where it is an address of this machine.</summary>
    public static IPAddress? LocalGateway(string text) =>
        IPAddress.TryParse(text, out var address) && NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Any(a => a.Address.Equals(address))
            ? address
            : null;
}
