using Grpc.Core;
using MlKit.Feast;
using MlKit.Feast.Protos.Serving;
using MlKit.FeatureServer.Hosting;
using MlKit.FeatureServer.Http;

namespace MlKit.FeatureServer.Grpc;

/// <summary>The service <c>GrpcFeatureServer</c> of Feast's Python server (<c>feast listen</c>), with its status codes.</summary>
[BindServiceMethod(typeof(PythonService), nameof(Bind))]
internal class PythonService(FeatureStore store, FeatureServerOptions options, FeastMetrics metrics)
{
    /// <summary>Called by the host, which finds the handlers by name and wants them virtual.</summary>
    public static void Bind(ServiceBinderBase binder, PythonService? service)
    {
        binder.AddMethod(GrpcMethods.Push, service is null ? null! : service.Push);
        binder.AddMethod(GrpcMethods.Write, service is null ? null! : service.WriteToOnlineStore);
        binder.AddMethod(GrpcMethods.Read, service is null ? null! : service.GetOnlineFeatures);
    }

    public virtual async Task<PushResponse> Push(PushRequest request, ServerCallContext context)
    {
        try
        {
            var rows = GrpcRows.Read(request.Features, request.TypedFeatures);
            await Writes.PushRowsAsync(store, options, request.StreamFeatureView, rows, request.To, context.CancellationToken);
            metrics.Pushed(request.StreamFeatureView, request.To);
            return new PushResponse { Status = true };
        }
        catch (FeastException error)
        {
            throw GrpcErrors.Of(error, StatusCode.Internal);
        }
    }

    public virtual async Task<WriteToOnlineStoreResponse> WriteToOnlineStore(WriteToOnlineStoreRequest request, ServerCallContext context)
    {
        try
        {
            var rows = GrpcRows.Read(request.Features, request.TypedFeatures);
            await Writes.WriteOnlineAsync(store, request.FeatureViewName, rows, context.CancellationToken);
            return new WriteToOnlineStoreResponse { Status = true };
        }
        catch (FeastException error)
        {
            throw GrpcErrors.Of(error, StatusCode.Internal);
        }
    }

    public virtual async Task<GetOnlineFeaturesResponse> GetOnlineFeatures(GetOnlineFeaturesRequest request, ServerCallContext context)
    {
        try
        {
            return GrpcAnswer.Of(await GrpcAnswer.ReadAsync(store, request, metrics, context.CancellationToken), request, asPython: true);
        }
        catch (FeastException error) when (request.KindCase == GetOnlineFeaturesRequest.KindOneofCase.FeatureService && error.Error == FeastError.NotFound)
        {
            throw GrpcErrors.Of(error, StatusCode.Internal);
        }
        catch (FeastException error)
        {
            throw GrpcErrors.Of(error, StatusCode.Unknown, "Exception calling application: ");
        }
    }
}
