using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>The ways to ask a server for the same inference.</summary>
internal static class Protocols
{
    private const string GrpcPath = "/inference.GRPCInferenceService/ModelInfer";

    public static IEnumerable<(string Name, Func<ServerProcess, ILoadConnection> Connect)> All(string model)
    {
        var (json, binary, grpc) = (Models.JsonRequest(model), Models.BinaryRequest(model), Models.GrpcRequest(model));
        yield return ("gRPC", server => new GrpcConnection(server.GrpcPort, GrpcPath, grpc));
        yield return ("REST binary", server => new HttpConnection(server.Port, () => binary));
        yield return ("REST JSON", server => new HttpConnection(server.Port, () => json));
    }
}
