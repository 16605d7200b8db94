using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.Tracking.Http;

/// <summary>Who the server is, and whether it is ready.</summary>
internal sealed class MetaEndpoints(HealthCheckService health) : IEndpoints
{
    /// <summary>
    /// The version that clients are told: the one whose answers these are compared with. From 3.4 on clients send
    /// spans by OTLP.
    /// </summary>
    private const string MlflowVersion = "3.17.2";

    public void Map(ApiRoutes routes)
    {
        // The service defaults map the same path; this one wins.
        routes.App.MapMethods("/health", [HttpMethods.Get], (RequestDelegate)HealthAsync).WithOrder(-1);
        routes.App.MapMethods("/version", [HttpMethods.Get], (RequestDelegate)(context => TextAsync(context, MlflowVersion)));
        routes.Versioned(HttpMethods.Get, "3.0/mlflow/server-info", _ => ValueTask.FromResult(Reply.Json(
            new ServerInfoReply("SqlStore", false, false, false, false), TrackingJson.Default.ServerInfoReply)));
    }

    /// <summary>MLflow's own text where every check holds, else the reasons, with status 503.</summary>
    private async Task HealthAsync(HttpContext context)
    {
        var report = await health.CheckHealthAsync(context.RequestAborted);
        if (report.Status == HealthStatus.Unhealthy)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await TextAsync(context, string.Join("\n", report.Entries
                .Where(entry => entry.Value.Status != HealthStatus.Healthy)
                .Select(entry => $"{entry.Key}: {entry.Value.Description}")));
            return;
        }

        await TextAsync(context, "OK");
    }

    private static Task TextAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
