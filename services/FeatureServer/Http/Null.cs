namespace MlKit.FeatureServer.Http;

/// <summary>The body <c>null</c>, with which Feast answers writes.</summary>
internal static class Null
{
    public static Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("null", context.RequestAborted);
    }
}
