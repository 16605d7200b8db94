using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Ports;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>
/// Lets containers reach the processes of this machine, which listen on its loopback only: the same ports, on the address
/// by which the containers see the machine.
/// </summary>
internal sealed class GatewayRelays(DistributedApplicationModel model, IConfiguration configuration) : IDisposable
{
    private readonly List<TcpRelay> _relays = [];

    /// <summary>Gives every endpoint of a process its address for containers, and listens there.</summary>
    /// <param name="gateway">The address to listen on; null where the engine leads to the loopback by itself.</param>
    public void Open(IPAddress? gateway)
    {
        foreach (var endpoint in model.Resources.Where(r => !r.IsContainer()).SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()))
        {
            if (endpoint.AllocatedEndpoint is not { } open)
            {
                continue;
            }

            endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
                KnownNetworkIdentifiers.DefaultAspireContainerNetwork,
                new AllocatedEndpoint(
                    endpoint, KnownHostNames.DefaultContainerTunnelHostName, open.Port, EndpointBindingMode.SingleAddress, null, KnownNetworkIdentifiers.DefaultAspireContainerNetwork));
            // A process that listens on all addresses listens on this one too.
            if (endpoint.TargetHost is not ("0.0.0.0" or "*" or "+" or "::" or "[::]"))
            {
                Listen(gateway, open.Port);
            }
        }

        foreach (var key in new[] { DashboardAddresses.OtlpGrpcKey, DashboardAddresses.OtlpHttpKey })
        {
            if (Uri.TryCreate(configuration[key], UriKind.Absolute, out var telemetry) && telemetry.IsLoopback)
            {
                Listen(gateway, telemetry.Port);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _relays.ForEach(relay => relay.Dispose());
        _relays.Clear();
    }

    private void Listen(IPAddress? gateway, int port)
    {
        if (gateway is null)
        {
            return;
        }

        try
        {
            _relays.Add(TcpRelay.Start([gateway], port, [port]));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            // Somebody else has the port there: the container that asks for it is told so by its own connection.
        }
    }
}
