using Grpc.Core;
using MlKit.Feast;

namespace MlKit.FeatureServer.Grpc;

/// <summary>Errors as gRPC statuses.</summary>
internal static class GrpcErrors
{
    /// <param name="error">What went wrong.</param>
    /// <param name="usual">The status for what has none of its own.</param>
    /// <param name="prefix">Text before the message of the usual ones.</param>
    public static RpcException Of(FeastException error, StatusCode usual, string prefix = "") => error.Error switch
    {
        FeastError.StoreUnavailable or FeastError.Registry => new RpcException(new Status(StatusCode.Unavailable, error.Message)),
        FeastError.UnknownPushSource => new RpcException(new Status(StatusCode.InvalidArgument, error.Message)),
        _ => new RpcException(new Status(usual, prefix + error.Message)),
    };
}
