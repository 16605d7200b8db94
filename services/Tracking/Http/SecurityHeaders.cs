namespace MlKit.Tracking.Http;

/// <summary>Headers of every answer: no guessing of types, no frames of other sites.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
        return next(context);
    }
}
