using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Healthy when an HTTP GET answers with the expected status.</summary>
/// <param name="address">What is asked; fails where it is not known yet.</param>
/// <param name="expectedStatus">The status that means healthy.</param>
internal sealed class HttpEndpointHealthCheck(Func<CancellationToken, ValueTask<Uri>> address, int expectedStatus) : IHealthCheck
{
    // One client for all checks; what is asked are the host's own resources, whose certificate is the developer's.
    private static readonly HttpClient Client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    { Timeout = TimeSpan.FromSeconds(10) };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var uri = await address(cancellationToken).ConfigureAwait(false);
            using var response = await Client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return (int)response.StatusCode == expectedStatus
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"GET {uri} answered {(int)response.StatusCode}, expected {expectedStatus}.");
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException or DistributedApplicationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.Message, e);
        }
    }
}
