using System.Reflection;
using Grpc.Core;
using MlKit.Feast;
using MlKit.Feast.Protos.Serving;
using MlKit.FeatureServer.Hosting;

namespace MlKit.FeatureServer.Grpc;

/// <summary>
/// The service <c>feast.serving.ServingService</c> of Feast's Java and Go servers. Feast's Python server does not offer
/// it, so it is only there where <c>MLKIT__FEAST__SERVINGSERVICE</c> asks for it.
/// </summary>
[BindServiceMethod(typeof(ServingService), nameof(Bind))]
internal class ServingService(FeatureStore store, FeastMetrics metrics)
{
    private static readonly string Version = typeof(ServingService).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Called by the host, which finds the handlers by name and wants them virtual.</summary>
    public static void Bind(ServiceBinderBase binder, ServingService? service)
    {
        binder.AddMethod(GrpcMethods.ServingInfo, service is null ? null! : service.GetFeastServingInfo);
        binder.AddMethod(GrpcMethods.ServingRead, service is null ? null! : service.GetOnlineFeatures);
    }

    public virtual Task<GetFeastServingInfoResponse> GetFeastServingInfo(GetFeastServingInfoRequest request, ServerCallContext context) =>
        Task.FromResult(new GetFeastServingInfoResponse { Version = Version });

    public virtual async Task<GetOnlineFeaturesResponse> GetOnlineFeatures(GetOnlineFeaturesRequest request, ServerCallContext context)
    {
        try
        {
            return GrpcAnswer.Of(await GrpcAnswer.ReadAsync(store, request, metrics, context.CancellationToken), request, asPython: false);
        }
        catch (FeastException error)
        {
            throw GrpcErrors.Of(error, error.Error == FeastError.NotFound ? StatusCode.NotFound : StatusCode.InvalidArgument);
        }
    }
}
