using System.Net;
using System.Net.Sockets;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>Listens on a public port of the loopback and passes each connection on to the next target that takes it.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly List<TcpListener> _listeners = [];
    private readonly CancellationTokenSource _stop = new();
    private volatile IReadOnlyList<int> _targets;
    private int _next = -1;

    private TcpRelay(IReadOnlyList<int> targets) => _targets = targets;

    /// <summary>Starts to listen on both loopback addresses.</summary>
    public static TcpRelay Start(int port, IReadOnlyList<int> targets) =>
        Start(Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback], port, targets);

    /// <summary>Starts to listen on addresses of this machine.</summary>
    public static TcpRelay Start(IReadOnlyList<IPAddress> addresses, int port, IReadOnlyList<int> targets)
    {
        var relay = new TcpRelay(targets);
        foreach (var address in addresses)
        {
            relay.Listen(address, port);
        }

        return relay;
    }

    /// <summary>Leads new connections elsewhere.</summary>
    public void Redirect(int target) => _targets = [target];

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _listeners.ForEach(listener => listener.Stop());
    }

    private void Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            return;
        }

        _listeners.Add(listener);
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptSocketAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }

    private async Task ServeAsync(Socket caller)
    {
        using (caller)
        {
            using var target = await ConnectAsync();
            if (target is null)
            {
                // Nobody is there: the caller sees a closed connection, as without a relay.
                return;
            }

            caller.NoDelay = target.NoDelay = true;
            await Task.WhenAll(CopyAsync(caller, target), CopyAsync(target, caller));
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        var targets = _targets;
        for (var attempt = 0; attempt < targets.Count; attempt++)
        {
            var port = targets[(int)((uint)Interlocked.Increment(ref _next) % (uint)targets.Count)];
            try
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync("localhost", port, _stop.Token);
                return socket;
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // The next replica may be up.
            }
        }

        return null;
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, _stop.Token)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, count), SocketFlags.None, _stop.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: end the other.
            from.Close();
            to.Close();
        }
    }
}
