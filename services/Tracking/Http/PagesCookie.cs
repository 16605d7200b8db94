using System.Security.Cryptography;

namespace MlKit.Tracking.Http;

/// <summary>
/// Lets the pages of a protected server open their channel: browsers send user and password with pages and scripts,
/// but not all of them with a WebSocket. Who has shown credentials for a page gets a cookie that opens the channel of
/// this run of the server, and nothing else.
/// </summary>
internal static class PagesCookie
{
    private const string Name = "mlkit-pages";
    private const string Channel = "/_blazor";

    private static readonly string Secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static void Give(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Cookies.Append(Name, Secret, new CookieOptions
            {
                HttpOnly = true,
                Path = Channel,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
            });
        }
    }

    public static bool Opens(HttpRequest request) => request.Path.StartsWithSegments(Channel)
        && request.Cookies.TryGetValue(Name, out var given)
        && CryptographicOperations.FixedTimeEquals(
            System.Text.Encoding.UTF8.GetBytes(given), System.Text.Encoding.UTF8.GetBytes(Secret));
}
