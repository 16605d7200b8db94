using Microsoft.AspNetCore.Http.Features;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// Feast's clients get what Feast answers: nothing in the body of a good <c>/health</c>, and no <c>/metrics</c> here.
/// Who says by an Accept header that it reads a body (browsers, curl, Prometheus, the host) gets the whole answer.
/// </summary>
internal sealed class FeastHealth(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        if (path is not ("/health" or "/metrics") || context.Request.Headers.Accept.Count > 0)
        {
            await next(context);
        }
        else if (path == "/metrics")
        {
            await FeastRouting.RefuseAsync(context, StatusCodes.Status404NotFound, FeastRouting.NotFound);
        }
        else
        {
            await AnswerBrieflyAsync(context);
        }
    }

    private async Task AnswerBrieflyAsync(HttpContext context)
    {
        var answer = context.Features.Get<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body));
        await next(context);
        context.Features.Set(answer);
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            context.Response.Headers.ContentType = default;
            context.Response.ContentLength = 0;
        }
        else
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        }
    }
}
