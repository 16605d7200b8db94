using System.Net;

namespace MlKit.Dashboard.Security;

/// <summary>
/// Refuses what a page of another site could make a browser send here: requests under a foreign host name (DNS
/// rebinding) and requests that change something, or open a live connection, from a foreign origin. Adds the headers
/// that keep pages from being framed or fed with foreign scripts.
/// </summary>
internal sealed partial class RequestGuard(RequestDelegate next, ILogger<RequestGuard> logger)
{
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";

    /// <summary>Handles a request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (!IsOwnHost(context))
        {
            return RefuseAsync(context, StatusCodes.Status400BadRequest, "host");
        }

        if (NeedsOwnOrigin(context.Request) && !IsOwnOrigin(context.Request))
        {
            return RefuseAsync(context, StatusCodes.Status403Forbidden, "origin");
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }

    // A browser that reached a loopback address calls it by a loopback name, unless someone's DNS sent it here.
    private static bool IsOwnHost(HttpContext context)
    {
        if (context.Connection.LocalIpAddress is not { } local || !IPAddress.IsLoopback(local))
        {
            return true;
        }

        var host = context.Request.Host.Host.TrimStart('[').TrimEnd(']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static bool NeedsOwnOrigin(HttpRequest request) =>
        request.Path.StartsWithSegments("/_blazor") || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));

    private static bool IsOwnOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    private Task RefuseAsync(HttpContext context, int status, string what)
    {
        LogRefused(context.Request.Path, what);
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refused a request to {Path}: foreign {What}")]
    private partial void LogRefused(string path, string what);
}
