using Microsoft.Extensions.Diagnostics.HealthChecks;
using MlKit.Feast;

namespace MlKit.FeatureServer.Hosting;

/// <summary>
/// Says which views the registry declares, with the hashes of their schemas. A registry that is not there yet is fine, because the training job brings
/// it and the server must be up before; one that cannot be read is not.
/// </summary>
internal sealed class RegistryHealth(FeatureStore store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!store.Registry.Exists)
        {
            return Task.FromResult(HealthCheckResult.Healthy(
                $"serves 0 feature views: the registry '{store.Registry.Path}' is not there yet",
                new Dictionary<string, object> { ["views"] = 0 }));
        }

        try
        {
            var catalog = store.Catalog;
            return Task.FromResult(HealthCheckResult.Healthy(
                $"serves {catalog.Views.Count} feature views of project {catalog.Project}",
                catalog.Views.Select(view => KeyValuePair.Create<string, object>($"schema of {view.Name}", view.SchemaHash))
                    .Prepend(new("services", catalog.Services.Count)).Prepend(new("views", catalog.Views.Count)).ToDictionary()));
        }
        catch (FeastException error)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(error.Message));
        }
    }
}
