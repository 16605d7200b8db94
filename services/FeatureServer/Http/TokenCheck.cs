using System.Security.Cryptography;
using System.Text;
using MlKit.FeatureServer.Grpc;

namespace MlKit.FeatureServer.Http;

/// <summary>Lets only clients in that know the token, where one is set; health and metrics stay open.</summary>
internal sealed class TokenCheck(RequestDelegate next, FeatureServerOptions options)
{
    private const string Missing = """{"detail":"Missing authentication token"}""";
    private const string Wrong = """{"detail":"Invalid authentication token"}""";
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = options.Token is { } token ? Hash(token) : null;

    public Task InvokeAsync(HttpContext context)
    {
        if (_expected is null || context.Request.Path.Value is "/health" or "/alive" or "/metrics")
        {
            return next(context);
        }

        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return RefuseAsync(context, Missing);
        }

        return CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), _expected)
            ? next(context)
            : RefuseAsync(context, Wrong);
    }

    private static Task RefuseAsync(HttpContext context, string json)
    {
        if (!context.Request.IsGrpc())
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return FeastRouting.RefuseAsync(context, StatusCodes.Status401Unauthorized, json);
        }

        GrpcRoutes.Refuse(
            context,
            global::Grpc.Core.StatusCode.Unauthenticated,
            ReferenceEquals(json, Missing) ? "Missing authentication token" : "Invalid authentication token");
        return Task.CompletedTask;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
