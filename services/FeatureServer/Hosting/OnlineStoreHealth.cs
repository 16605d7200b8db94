using Microsoft.Extensions.Diagnostics.HealthChecks;
using MlKit.Feast;

namespace MlKit.FeatureServer.Hosting;

/// <summary>Asks the online store for a sign of life.</summary>
internal sealed class OnlineStoreHealth(FeatureStore store) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            await store.PingOnlineStoreAsync(deadline.Token);
            return HealthCheckResult.Healthy();
        }
        catch (FeastException error)
        {
            return HealthCheckResult.Unhealthy(error.Message);
        }
        catch (OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"the online store does not answer within {Patience.TotalSeconds:0} s");
        }
    }
}
