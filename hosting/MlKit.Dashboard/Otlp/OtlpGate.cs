using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Otlp;

/// <summary>
/// Stands before both OTLP listeners: asks for the API key, and counts gRPC requests
/// that failed before a service saw them.
/// </summary>
internal sealed class OtlpGate(RequestDelegate next, DashboardOptions options, OtlpStatistics statistics)
{
    private const string KeyHeader = "x-otlp-api-key";
    private const string GrpcUnauthenticated = "16";
    private readonly byte[]? _key = options.OtlpApiKey is null ? null : Encoding.UTF8.GetBytes(options.OtlpApiKey);

    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var isGrpc = context.GetListenerKind() == ListenerKind.OtlpGrpc;
        if (!IsAllowed(context.Request.Headers[KeyHeader]))
        {
            statistics.CountUnauthorised(context.Request.Path);
            Refuse(context, isGrpc);
            return;
        }

        await next(context);
        if (isGrpc && GrpcStatus(context) is { } status and not "0")
        {
            statistics.CountMalformed(context.Request.Path, $"gRPC status {status}");
        }
    }

    private bool IsAllowed(string? given) =>
        _key is null || (given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _key));

    private static void Refuse(HttpContext context, bool isGrpc)
    {
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["grpc-status"] = GrpcUnauthenticated;
            context.Response.Headers["grpc-message"] = $"{KeyHeader} is missing or wrong";
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
    }

    private static string? GrpcStatus(HttpContext context)
    {
        var trailers = context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers;
        if (trailers is not null && trailers.TryGetValue("grpc-status", out var status))
        {
            return status.ToString();
        }

        return context.Response.Headers.TryGetValue("grpc-status", out status) ? status.ToString() : null;
    }
}
