using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.OnlineStore;

/// <summary>Asks the RESP port for a PONG as a client would, password included, and says how full the store is.</summary>
internal sealed class RespStoreHealth(RespStore store, MemoryGuard guard, OnlineStoreOptions options) : IHealthCheck
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
            string[][] commands = options.Password is { } password ? [["AUTH", password], ["PING"]] : [["PING"]];
            var answers = await RespClient.AskAsync(options.Port, commands, deadline.Token);
            return answers.Count == commands.Length && answers[^1] == "+PONG"
                ? Fullness()
                : HealthCheckResult.Unhealthy($"port {options.Port} answered PING with '{(answers.Count > 0 ? answers[^1] : "")}'");
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"port {options.Port} does not answer: {error.Message}");
        }
    }

    private HealthCheckResult Fullness()
    {
        var data = new Dictionary<string, object>
        {
            ["usedBytes"] = guard.UsedBytes,
            ["budgetBytes"] = guard.BudgetBytes,
            ["refusesWrites"] = guard.RefusesWrites,
        };
        var text = $"RESP on port {options.Port}, {guard.Describe()}";
        return guard.RefusesWrites || guard.IsNearlyFull
            ? HealthCheckResult.Degraded(text, data: data)
            : HealthCheckResult.Healthy(text, data);
    }
}
