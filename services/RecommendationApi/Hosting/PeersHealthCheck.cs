using Microsoft.Extensions.Diagnostics.HealthChecks;
using MlKit.RecommendationApi.Recommendations;

namespace MlKit.RecommendationApi.Hosting;

/// <summary>
/// Not ready until feature server and scorer have both answered once. After that a peer that stops answering only
/// degrades the service, because the fallbacks answer.
/// </summary>
internal sealed class PeersHealthCheck(PeerWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        (string Name, PeerState State)[] peers = [(Fallbacks.FeatureServer, watch.Feast), (Fallbacks.Scorer, watch.Scorer)];
        var data = peers.ToDictionary(peer => peer.Name, object (peer) => peer.State.Problem ?? "answers");
        var problems = string.Join("; ", peers.Where(peer => peer.State.Problem is not null).Select(peer => $"{peer.Name}: {peer.State.Problem}"));
        if (problems.Length == 0)
        {
            return Task.FromResult(HealthCheckResult.Healthy(data: data));
        }

        return Task.FromResult(Array.TrueForAll(peers, peer => peer.State.EverAnswered)
            ? HealthCheckResult.Degraded(problems, data: data)
            : HealthCheckResult.Unhealthy(problems, data: data));
    }
}
