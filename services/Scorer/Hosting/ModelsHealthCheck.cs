using Microsoft.Extensions.Diagnostics.HealthChecks;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Hosting;

/// <summary>Ready when every model that the scorer means to serve has a version; otherwise says which has none, and why.</summary>
internal sealed class ModelsHealthCheck(ModelCatalog catalog) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var entries = catalog.Entries.ToList();
        var data = entries.ToDictionary(entry => entry.Name, object (entry) => Describe(entry));
        if (!catalog.IsComplete)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("the model repository is being loaded", data: data));
        }

        var missing = entries.Where(entry => !entry.IsReady).Select(entry => $"{entry.Name}: {entry.Problem ?? "no version"}").ToList();
        return Task.FromResult(missing.Count == 0 || catalog.IsReady
            ? HealthCheckResult.Healthy($"{entries.Count} models", data)
            : HealthCheckResult.Unhealthy(string.Join("; ", missing), data: data));
    }

    private static string Describe(ModelEntry entry)
    {
        var served = entry.Current is { } current ? $"serving version {current.Version}" : "not served";
        return entry.Problem is { } problem ? $"{served}; {problem}" : served;
    }
}
