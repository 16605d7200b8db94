using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.Tracking.Storage;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            database.Read(session => session.Number("SELECT COUNT(*) FROM experiments WHERE experiment_id = 0"));
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (Exception error) when (error is System.Data.Common.DbException or Http.ApiException)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy($"the database does not answer: {error.Message}"));
        }
    }
}
