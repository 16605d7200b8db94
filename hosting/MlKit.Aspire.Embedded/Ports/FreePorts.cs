using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MlKit.Aspire.Embedded.State;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>
/// Gives out ports that nobody listens on and that no other host of this user was given. A port stays leased as long as
/// this host runs, also while its process restarts; free ones come from below the range that operating systems take
/// outgoing ports from, so nothing slips in between the choice and the process that listens.
/// </summary>
internal sealed class FreePorts : IDisposable
{
    private const int First = 20000;
    private const int Last = 32767;

    private static readonly Lazy<bool> HasIPv6 = new(() => Socket.OSSupportsIPv6);
    private readonly Dictionary<int, FileStream> _leases = [];
    private readonly Lock _gate = new();
    private readonly string _folder;

    /// <param name="leaseFolder">Where the leases are; the folder all hosts of the user share, unless a test gives its own.</param>
    public FreePorts(string? leaseFolder = null) => _folder = leaseFolder ?? UserTemp.Folder("ports");

    /// <summary>A free port, leased until this object is disposed.</summary>
    public int Take()
    {
        const int Count = Last - First + 1;
        var start = Random.Shared.Next(Count);
        for (var step = 0; step < Count; step++)
        {
            var port = First + ((start + step) % Count);
            if (TryTake(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"no free port between {First} and {Last}");
    }

    /// <summary>Leases the port if nobody listens on it and no host has it.</summary>
    public bool TryTake(int port)
    {
        lock (_gate)
        {
            if (_leases.ContainsKey(port) || !IsFree(port))
            {
                return false;
            }

            var lease = HeldFile.TryTake(Path.Combine(_folder, port.ToString(CultureInfo.InvariantCulture)));
            if (lease is null)
            {
                return false;
            }

            _leases.Add(port, lease);
            return true;
        }
    }

    /// <summary>True while no socket of this machine is bound to the TCP port.</summary>
    public static bool IsFree(int port) =>
        CanBind(IPAddress.Loopback, port)
        && CanBind(IPAddress.Any, port)
        && (!HasIPv6.Value || (CanBind(IPAddress.IPv6Loopback, port) && CanBind(IPAddress.IPv6Any, port)));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var lease in _leases.Values)
            {
                lease.Dispose();
            }

            _leases.Clear();
        }
    }

    private static bool CanBind(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // The machine has no such address, so nobody can be on it.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
