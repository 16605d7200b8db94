using Grpc.AspNetCore.Server;

namespace MlKit.Scorer.Grpc;

/// <summary>
/// Reads the request of a gRPC method that does not exist before it is refused. Refused at once, the stream is reset
/// under the sender, and a client that still sends sees the reset instead of UNIMPLEMENTED.
/// </summary>
internal static class UnknownCalls
{
    private const string GrpcContent = "application/grpc";

    public static void UseUnknownCalls(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.ContentType?.StartsWith(GrpcContent, StringComparison.Ordinal) == true
            && context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is null)
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        await next(context);
    });
}
