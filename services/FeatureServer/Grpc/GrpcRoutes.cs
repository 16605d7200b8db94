using Grpc.Core;

namespace MlKit.FeatureServer.Grpc;

/// <summary>Maps the gRPC services.</summary>
internal static class GrpcRoutes
{
    public static bool IsGrpc(this HttpRequest request) =>
        request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    public static void MapGrpc(this WebApplication app)
    {
        app.MapGrpcService<PythonService>();
        app.MapGrpcService<ServingService>();
        app.MapGrpcService<GrpcHealth>();
    }

    /// <summary>The words of Feast's Python server for a method that it does not have.</summary>
    public const string NoMethod = "Method not found!";

    /// <summary>An answer without a message.</summary>
    public static void Refuse(HttpContext context, StatusCode status, string message)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
    }
}
