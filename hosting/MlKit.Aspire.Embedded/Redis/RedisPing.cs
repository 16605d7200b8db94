using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Healthy when a Redis server takes the password and answers PING.</summary>
internal sealed class RedisPing(RedisResource redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await AskAsync(cancellationToken).ConfigureAwait(false);
            return answer == "+PONG" ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, answer);
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException or DistributedApplicationException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.Message, e);
        }
    }

    private async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        var endpoint = redis.PrimaryEndpoint;
        using var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken).ConfigureAwait(false);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        if (redis.PasswordParameter is { } parameter)
        {
            var password = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false) ?? string.Empty;
            var answer = await SendAsync(stream, reader, ["AUTH", password], cancellationToken).ConfigureAwait(false);
            if (answer != "+OK")
            {
                return answer;
            }
        }

        return await SendAsync(stream, reader, ["PING"], cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> SendAsync(NetworkStream stream, StreamReader reader, string[] command, CancellationToken cancellationToken)
    {
        var request = string.Concat(command.Select(part => $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n"));
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"*{command.Length}\r\n{request}"), cancellationToken).ConfigureAwait(false);
        return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? "the server closed the connection";
    }
}
