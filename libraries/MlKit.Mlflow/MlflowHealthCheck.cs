using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.Mlflow;

/// <summary>Whether the tracking server is ready.</summary>
internal sealed class MlflowHealthCheck(MlflowClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await client.CheckHealthAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (MlflowException error)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, error.Reason, error);
        }
    }
}

/// <summary>Registers the health check of the MLflow client.</summary>
public static class MlflowHealthCheckExtensions
{
    /// <summary>
    /// Adds a check that asks the server's <c>/health</c>. A service that can go on without the server, because it
    /// keeps its models, gives <see cref="HealthStatus.Degraded"/> as <paramref name="failureStatus"/>.
    /// </summary>
    /// <param name="builder">The checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What it reports when the server is not ready; unhealthy unless set.</param>
    /// <param name="tags">Tags that choose which checks run where.</param>
    public static IHealthChecksBuilder AddMlflow(
        this IHealthChecksBuilder builder, string name = "mlflow", HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new MlflowHealthCheck(provider.GetRequiredService<MlflowClient>()), failureStatus, tags));
    }
}
