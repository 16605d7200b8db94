using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace MlKit.Tracking.Http;

/// <summary>
/// Demands the configured token or user and password on every path but those that probes and clients ask first.
/// </summary>
internal sealed class Credentials(RequestDelegate next, TrackingOptions options)
{
    private static readonly string[] Open = ["/health", "/alive", "/version"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsKnown(context.Request.Headers.Authorization.ToString()))
        {
            PagesCookie.Give(context);
            await next(context);
            return;
        }

        if (Array.IndexOf(Open, context.Request.Path.Value) >= 0 || PagesCookie.Opens(context.Request))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;

        // Two headers: browsers understand only one challenge in each.
        context.Response.Headers.WWWAuthenticate = new[] { "Basic realm=\"mlflow\"", "Bearer" };
        await Reply.Json(
            new ErrorMessage("UNAUTHENTICATED", "This server needs credentials; they are missing or wrong."),
            ErrorJson.Default.ErrorMessage).WriteAsync(context);
    }

    private bool IsKnown(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var given) || given.Parameter is null)
        {
            return false;
        }

        return given.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => options.Token is not null && Same(given.Parameter, options.Token),
            "BASIC" => IsKnownPassword(given.Parameter),
            _ => false,
        };
    }

    /// <summary>Browsers can only ask for user and password: the token is taken as password of any user.</summary>
    private bool IsKnownPassword(string parameter)
    {
        var pair = Decode(parameter);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return (options.Username is not null && Same(pair, $"{options.Username}:{options.Password}"))
            || (options.Token is not null && colon >= 0 && Same(pair[(colon + 1)..], options.Token));
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }

    /// <summary>Takes the same time whatever is wrong.</summary>
    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));
}
