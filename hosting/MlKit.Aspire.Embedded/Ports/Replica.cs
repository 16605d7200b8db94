using System.Net.Sockets;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>One replica behind a proxy.</summary>
/// <param name="endpoint">The endpoint that it serves.</param>
/// <param name="id">Its id in notifications.</param>
/// <param name="port">The port that it listens on.</param>
internal sealed class Replica(ProxiedEndpoint endpoint, string id, int port)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);
    private volatile bool _isRunning;
    private volatile bool _isUp;

    /// <summary>Its id in notifications.</summary>
    public string Id => id;

    /// <summary>Where requests are sent.</summary>
    public string Address { get; } = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://localhost:{port}");

    /// <summary>True while its process runs, as the host knows at once.</summary>
    public bool IsRunning
    {
        get => _isRunning;
        set
        {
            _isRunning = value;
            _isUp &= value;
        }
    }

    /// <summary>True while it answers.</summary>
    public bool IsUp
    {
        get => _isUp && _isRunning;
        set => _isUp = value;
    }

    /// <summary>Looks whether it answers: to the resource's health check, or to a connection where there is none.</summary>
    public async Task ProbeAsync(HttpMessageInvoker client, CancellationToken cancellationToken)
    {
        if (!IsRunning)
        {
            IsUp = false;
            return;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Deadline);
        try
        {
            IsUp = endpoint.Check is { } check && !endpoint.IsHttp2 ? await AskAsync(client, check, deadline.Token) : await ConnectAsync(deadline.Token);
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException)
        {
            IsUp = false;
        }
    }

    private async Task<bool> AskAsync(HttpMessageInvoker client, HttpHealthCheckAnnotation check, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(Address), check.Path));
        using var response = await client.SendAsync(request, cancellationToken);
        return (int)response.StatusCode == check.StatusCode;
    }

    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("localhost", port, cancellationToken);
        return true;
    }
}
