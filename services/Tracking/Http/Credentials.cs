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
        if (Array.IndexOf(Open, context.Request.Path.Value) >= 0 || IsKnown(context.Request.Headers.Authorization.ToString()))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"mlflow\", Bearer";
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
            "BASIC" => options.Username is not null && Same(
                given.Parameter, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Username}:{options.Password}"))),
            _ => false,
        };
    }

    /// <summary>Takes the same time whatever is wrong.</summary>
    private static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(a)), SHA256.HashData(Encoding.UTF8.GetBytes(b)));
}
