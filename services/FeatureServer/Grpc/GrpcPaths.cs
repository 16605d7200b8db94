using Grpc.Core;

namespace MlKit.FeatureServer.Grpc;

/// <summary>The paths of the gRPC methods that are offered.</summary>
internal sealed class GrpcPaths(bool withServingService)
{
    private readonly HashSet<string> _paths = new(
        new IMethod[] { GrpcMethods.Push, GrpcMethods.Write, GrpcMethods.Read, GrpcMethods.Health }
            .Concat(withServingService ? [GrpcMethods.ServingInfo, GrpcMethods.ServingRead] : [])
            .Select(method => method.FullName),
        StringComparer.Ordinal);

    public bool Contains(string path) => _paths.Contains(path);
}
