using System.Net;

namespace MlKit.Tracking.Http;

/// <summary>
/// Refuses requests whose Host is not one of this machine's, its private network's or a configured name: a page of
/// another site could otherwise reach the server through a name that it lets point here.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, TrackingOptions options)
{
    private static readonly string[] Always = ["/health", "/alive", "/version", "/metrics"];

    public Task InvokeAsync(HttpContext context) => Array.IndexOf(Always, context.Request.Path.Value) >= 0
        || IsAllowed(context.Request.Host, options.AllowedHosts)
            ? next(context)
            : RefuseAsync(context);

    /// <summary>Compared without port: a port says nothing about who answers.</summary>
    public static bool IsAllowed(HostString host, IReadOnlyList<string> configured)
    {
        var name = host.Host;
        if (name.Length == 0)
        {
            return false;
        }

        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IsPrivate(name))
        {
            return true;
        }

        foreach (var pattern in configured)
        {
            if (Matches(pattern, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(string pattern, string name) => pattern == "*"
        || pattern.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (pattern.StartsWith("*.", StringComparison.Ordinal)
            && name.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase));

    private static bool IsPrivate(string name)
    {
        if (!IPAddress.TryParse(name.Trim('[', ']'), out var address))
        {
            return false;
        }

        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 4
            && (bytes[0] == 10 || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 192 && bytes[1] == 168));
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(
            "Invalid Host header: this name is not among the allowed ones (MLKIT__TRACKING__ALLOWEDHOSTS).",
            context.RequestAborted);
    }
}
