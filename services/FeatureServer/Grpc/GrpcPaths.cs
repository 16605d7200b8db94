using Grpc.Core;

namespace MlKit.FeatureServer.Grpc;

/// <summary>The paths of the gRPC methods that are offered.</summary>
internal static class GrpcPaths
{
    private static readonly HashSet<string> Paths = new(
        new IMethod[] { GrpcMethods.Push, GrpcMethods.Write, GrpcMethods.Read, GrpcMethods.Health, GrpcMethods.ServingInfo, GrpcMethods.ServingRead }
            .Select(method => method.FullName),
        StringComparer.Ordinal);

    public static bool Contains(string path) => Paths.Contains(path);
}
