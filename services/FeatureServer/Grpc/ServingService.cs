using System.Reflection;
using Google.Protobuf;
using Grpc.Core;
using MlKit.Feast;
using MlKit.Feast.Protos.Serving;
using MlKit.FeatureServer.Hosting;

namespace MlKit.FeatureServer.Grpc;

/// <summary>
/// The service <c>feast.serving.ServingService</c> of Feast's Java and Go servers. Feast's Python server, whose port this is,
/// does not offer it. A client that asks for features means it and is answered. An empty request is what a client sends that
/// looks which server it has; it gets the Python server's answer unless <c>MLKIT__FEAST__SERVINGSERVICE</c> is set.
/// </summary>
[BindServiceMethod(typeof(ServingService), nameof(Bind))]
internal class ServingService(FeatureStore store, FeatureServerOptions options, FeastMetrics metrics)
{
    private static readonly string Version = typeof(ServingService).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Called by the host, which finds the handlers by name and wants them virtual.</summary>
    public static void Bind(ServiceBinderBase binder, ServingService? service)
    {
        binder.AddMethod(GrpcMethods.ServingInfo, service is null ? null! : service.GetFeastServingInfo);
        binder.AddMethod(GrpcMethods.ServingRead, service is null ? null! : service.GetOnlineFeatures);
    }

    public virtual Task<GetFeastServingInfoResponse> GetFeastServingInfo(GetFeastServingInfoRequest request, ServerCallContext context)
    {
        RefuseEmpty(request);
        return Task.FromResult(new GetFeastServingInfoResponse { Version = Version });
    }

    public virtual async Task<GetOnlineFeaturesResponse> GetOnlineFeatures(GetOnlineFeaturesRequest request, ServerCallContext context)
    {
        RefuseEmpty(request);
        try
        {
            return GrpcAnswer.Of(await GrpcAnswer.ReadAsync(store, request, metrics, context.CancellationToken), request, asPython: false);
        }
        catch (FeastException error)
        {
            throw GrpcErrors.Of(error, error.Error == FeastError.NotFound ? StatusCode.NotFound : StatusCode.InvalidArgument);
        }
    }

    /// <exception cref="RpcException">The request is empty, and no setting says that such are answered.</exception>
    private void RefuseEmpty(IMessage request)
    {
        if (!options.ServingService && request.CalculateSize() == 0)
        {
            throw new RpcException(new Status(StatusCode.Unimplemented, GrpcRoutes.NoMethod));
        }
    }
}
