using System.Net;

namespace MlKit.Mlflow.Transport;

/// <summary>Which failures a call is repeated after, and when: the rules of MLflow's own client.</summary>
internal static class RetryRules
{
    /// <summary>A server that names a longer pause than this is not waited for.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    public static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout
        or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable
        or HttpStatusCode.GatewayTimeout;

    public static TimeSpan Pause(MlflowClientOptions options, int attempt, HttpResponseMessage? response)
    {
        if (Named(options, response) is { } named)
        {
            return named < LongestPause ? named : LongestPause;
        }

        var backoff = options.FirstRetryDelay * Math.Pow(2, attempt);
        var jitter = TimeSpan.FromMilliseconds(Random.Shared.Next(0, 1000)) * Math.Min(1, backoff / TimeSpan.FromSeconds(1));
        return backoff + jitter;
    }

    private static TimeSpan? Named(MlflowClientOptions options, HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var pause = header?.Delta ?? (header?.Date - options.TimeProvider.GetUtcNow());
        return pause is { } time && time > TimeSpan.Zero ? time : null;
    }
}
