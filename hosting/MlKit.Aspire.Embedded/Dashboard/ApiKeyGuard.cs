using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>Lets only the dashboard that this host started read its resources.</summary>
internal static class ApiKeyGuard
{
    private const string Header = "x-resource-service-api-key";

    /// <summary>Answers 401 unless the call carries the key.</summary>
    public static Task CheckAsync(HttpContext context, string key, RequestDelegate next)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers[Header].ToString());
        if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(key)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
