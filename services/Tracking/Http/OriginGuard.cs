namespace MlKit.Tracking.Http;

/// <summary>
/// Lets only pages of this machine change anything: a request that writes and carries a foreign Origin is refused,
/// reading without permission to see the answer is left to the browser.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return next(context);
        }

        var local = IsLocal(origin) || IsSame(origin, context.Request);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            return Preflight(context, origin, local);
        }

        if (!local && !IsMereReading(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("Cross-origin request blocked.", context.RequestAborted);
        }

        if (local)
        {
            Allow(context, origin);
        }

        return next(context);
    }

    /// <summary>A channel that is opened by GET also takes what is sent on it, and no browser asks before opening it.</summary>
    private static bool IsMereReading(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0;

    public static bool IsLocal(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.Host is "localhost" or "127.0.0.1" or "[::1]";

    /// <summary>Pages of the server itself, under whatever allowed name it is reached by.</summary>
    private static bool IsSame(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    private static Task Preflight(HttpContext context, string origin, bool allowed)
    {
        context.Response.StatusCode = allowed ? StatusCodes.Status204NoContent : StatusCodes.Status403Forbidden;
        if (allowed)
        {
            Allow(context, origin);
            context.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
            context.Response.Headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        }

        return Task.CompletedTask;
    }

    private static void Allow(HttpContext context, string origin)
    {
        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.Vary = "Origin";
    }
}
