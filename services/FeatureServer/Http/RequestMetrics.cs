using MlKit.FeatureServer.Hosting;

namespace MlKit.FeatureServer.Http;

/// <summary>Counts and times requests under Feast's names.</summary>
internal sealed class RequestMetrics(RequestDelegate next, FeastMetrics metrics, TimeProvider time)
{
    private static readonly HashSet<string> Endpoints = new(StringComparer.Ordinal)
    {
        "/get-online-features", "/push", "/write-to-online-store", "/materialize", "/materialize-incremental",
        "/search", "/retrieve-online-documents",
    };

    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!Endpoints.Contains(path))
        {
            await next(context);
            return;
        }

        var started = time.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await next(context);
            status = context.Response.StatusCode;
        }
        finally
        {
            metrics.Request(path, status, time.GetElapsedTime(started), context.Features.Get<OnlineRead>());
        }
    }
}
