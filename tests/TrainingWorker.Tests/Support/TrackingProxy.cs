using System.Net;
using System.Net.Sockets;

namespace MlKit.TrainingWorker.Tests.Support;

/// <summary>Stands before a tracking server and can be shut, as if the server were gone, and opened again.</summary>
internal sealed class TrackingProxy : IAsyncDisposable
{
    private readonly Uri _target;
    private readonly CancellationTokenSource _end = new();
    private readonly List<TcpClient> _connections = [];
    private readonly Lock _gate = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private bool _open;
    private int _refused;

    public TrackingProxy(string target, bool open)
    {
        _target = new Uri(target);
        _open = open;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    /// <summary>Connections that were turned away while shut.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public void Open()
    {
        lock (_gate)
        {
            _open = true;
        }
    }

    /// <summary>Turns new connections away and cuts the ones that are there.</summary>
    public void Shut()
    {
        lock (_gate)
        {
            _open = false;
            _connections.ForEach(connection => connection.Close());
            _connections.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Shut();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            var server = new TcpClient();
            lock (_gate)
            {
                if (!_open)
                {
                    Interlocked.Increment(ref _refused);
                    client.Close();
                    continue;
                }

                _connections.AddRange([client, server]);
            }

            _ = PassAsync(client, server);
        }
    }

    private async Task PassAsync(TcpClient client, TcpClient server)
    {
        try
        {
            await server.ConnectAsync(_target.Host, _target.Port, _end.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _end.Token),
                server.GetStream().CopyToAsync(client.GetStream(), _end.Token));
        }
        catch (Exception error) when (error is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Shut: that is what the test wants to see.
        }
        finally
        {
            client.Close();
            server.Close();
        }
    }
}
