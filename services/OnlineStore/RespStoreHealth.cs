using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.OnlineStore;

/// <summary>Asks the RESP port for a PONG as a client would, password included.</summary>
internal sealed class RespStoreHealth(RespStore store, OnlineStoreOptions options) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!store.Running)
        {
            return HealthCheckResult.Unhealthy("the store is starting or stopping");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            var answer = await AskAsync(deadline.Token);
            return answer.EndsWith("+PONG\r\n", StringComparison.Ordinal)
                ? HealthCheckResult.Healthy($"RESP on port {options.Port}")
                : HealthCheckResult.Unhealthy($"port {options.Port} answered PING with '{answer.TrimEnd()}'");
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"port {options.Port} does not answer: {error.Message}");
        }
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, options.Port, cancellationToken);
        await using var stream = client.GetStream();
        var request = options.Password is { } password ? Command("AUTH", password) + Command("PING") : Command("PING");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);

        var expectedLines = options.Password is null ? 1 : 2;
        var answer = new StringBuilder();
        var buffer = new byte[256];
        while (Lines(answer) < expectedLines)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                break;
            }

            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }

    private static int Lines(StringBuilder text) => text.ToString().Count(c => c == '\n');

    private static string Command(params string[] words) =>
        $"*{words.Length}\r\n" + string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"));
}
