using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.Inference;

/// <summary>Healthy while a server of the client is ready.</summary>
internal sealed class InferenceHealthCheck(IInferenceClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await client.IsServerReadyAsync(cancellationToken).ConfigureAwait(false)
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "no inference server is ready");
}
