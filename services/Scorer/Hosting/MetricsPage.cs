using System.Text;
using MlKit.Scorer.Models;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Hosting;

/// <summary>Adds Triton's metrics to the page of OpenTelemetry's, so that dashboards of both find theirs.</summary>
internal static class MetricsPage
{
    public static void UseTritonMetrics(this WebApplication app) => app.UseWhen(
        context => context.Request.Path == "/metrics",
        branch => branch.Use(AnswerAsync));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        // The other text format ends with a mark after which nothing may come.
        context.Request.Headers.Accept = "text/plain";
        var body = context.Response.Body;
        using var page = new MemoryStream();
        context.Response.Body = page;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            page.Write(Encoding.UTF8.GetBytes(TritonMetrics.Write(context.RequestServices.GetRequiredService<ModelCatalog>())));
        }

        context.Response.ContentType ??= "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = page.Length;
        await context.Response.Body.WriteAsync(page.GetBuffer().AsMemory(0, (int)page.Length), context.RequestAborted);
    }
}
