using System.Globalization;
using Grpc.Core;
using MlKit.Inference;

namespace MlKit.Scorer.Grpc;

/// <summary>Translates the protocol's errors into gRPC status codes.</summary>
internal static class GrpcErrors
{
    public static Task<T> Guard<T>(Func<T> call) => GuardAsync(() => Task.FromResult(call()));

    public static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (InferenceException error)
        {
            throw new RpcException(new Status(CodeOf(error.Kind), error.Message), Trailers(error));
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "the caller gave up"));
        }
    }

    private static Metadata Trailers(InferenceException error) => error.RetryAfter is { } pause
        ? new Metadata { { "grpc-retry-pushback-ms", pause.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) } }
        : [];

    private static StatusCode CodeOf(InferenceErrorKind kind) => kind switch
    {
        InferenceErrorKind.InvalidArgument => StatusCode.InvalidArgument,
        InferenceErrorKind.NotFound => StatusCode.NotFound,
        InferenceErrorKind.Unavailable => StatusCode.Unavailable,
        InferenceErrorKind.Unsupported => StatusCode.Unimplemented,
        InferenceErrorKind.TooLarge => StatusCode.ResourceExhausted,
        _ => StatusCode.Internal,
    };
}
