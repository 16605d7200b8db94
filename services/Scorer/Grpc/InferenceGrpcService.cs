using Grpc.Core;
using MlKit.Inference;
using MlKit.Inference.Grpc;
using MlKit.Inference.Grpc.Messages;
using MlKit.Scorer.Inference;
using MlKit.Scorer.Loading;
using MlKit.Scorer.Models;
using MlKit.Scorer.Rest;
using MlKit.Scorer.Statistics;

namespace MlKit.Scorer.Grpc;

/// <summary>The protocol over gRPC. Calls that are not overridden answer UNIMPLEMENTED by themselves.</summary>
internal sealed partial class InferenceGrpcService(
    ModelCatalog catalog, Inferencer inferencer, ModelControlCalls control, ILogger<InferenceGrpcService> logger) : GRPCInferenceService.GRPCInferenceServiceBase
{
    public override Task<ServerLiveResponse> ServerLive(ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerLiveResponse { Live = true });

    public override Task<ServerReadyResponse> ServerReady(ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new ServerReadyResponse { Ready = catalog.IsReady });

    public override Task<ModelReadyResponse> ModelReady(ModelReadyRequest request, ServerCallContext context) => GrpcErrors.Guard(() =>
    {
        using var lease = catalog.Acquire(request.Name, request.Version);
        return new ModelReadyResponse { Ready = true };
    });

    public override Task<ServerMetadataResponse> ServerMetadata(ServerMetadataRequest request, ServerCallContext context)
    {
        var server = RestEndpoints.Server;
        return Task.FromResult(new ServerMetadataResponse { Name = server.Name, Version = server.Version, Extensions = { server.Extensions } });
    }

    public override Task<ModelMetadataResponse> ModelMetadata(ModelMetadataRequest request, ServerCallContext context) => GrpcErrors.Guard(() =>
    {
        using var lease = catalog.Acquire(request.Name, request.Version);
        return GrpcMessages.Describe(lease.Model.ToMetadata(catalog.Find(request.Name).VersionNames));
    });

    public override Task<ModelConfigResponse> ModelConfig(ModelConfigRequest request, ServerCallContext context) => GrpcErrors.Guard(() =>
    {
        using var lease = catalog.Acquire(request.Name, request.Version);
        return new ModelConfigResponse { Config = lease.Model.Config };
    });

    public override Task<ModelStatisticsResponse> ModelStatistics(ModelStatisticsRequest request, ServerCallContext context) =>
        GrpcErrors.Guard(() => StatisticsReport.Make(catalog, request.Name, request.Version));

    public override Task<RepositoryIndexResponse> RepositoryIndex(RepositoryIndexRequest request, ServerCallContext context)
    {
        var lines = Rest.RepositoryIndex.Lines(catalog, request.Ready).Select(line => new RepositoryIndexResponse.Types.ModelIndex
        {
            Name = line.Name,
            Version = line.Version ?? "",
            State = line.State,
            Reason = line.Reason ?? "",
        });
        return Task.FromResult(new RepositoryIndexResponse { Models = { lines } });
    }

    public override Task<RepositoryModelLoadResponse> RepositoryModelLoad(RepositoryModelLoadRequest request, ServerCallContext context) =>
        GrpcErrors.GuardAsync(async () =>
        {
            await control.LoadAsync(request.ModelName, GrpcLoadRequest.Read(request.Parameters), context.CancellationToken);
            return new RepositoryModelLoadResponse();
        });

    public override Task<RepositoryModelUnloadResponse> RepositoryModelUnload(RepositoryModelUnloadRequest request, ServerCallContext context) =>
        GrpcErrors.GuardAsync(async () =>
        {
            await control.UnloadAsync(request.ModelName, context.CancellationToken);
            return new RepositoryModelUnloadResponse();
        });

    public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) =>
        GrpcErrors.GuardAsync(() => AnswerAsync(request, context.CancellationToken));

    /// <summary>A request that fails is answered in the stream, which stays open: tritonclient hangs when it is aborted.</summary>
    public override async Task ModelStreamInfer(
        IAsyncStreamReader<ModelInferRequest> requestStream, IServerStreamWriter<ModelStreamInferResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(await AnswerInStreamAsync(request, context.CancellationToken), context.CancellationToken);
        }
    }

    private async Task<ModelStreamInferResponse> AnswerInStreamAsync(ModelInferRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AnswerAsync(request, cancellationToken);
            if (request.Parameters.TryGetValue("triton_enable_empty_final_response", out var wish) && wish.BoolParam)
            {
                answer.Parameters["triton_final_response"] = new InferParameter { BoolParam = true };
            }

            return new ModelStreamInferResponse { InferResponse = answer };
        }
        catch (InferenceException error)
        {
            return Failed(request, error.Message);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailure(logger, error, request.ModelName);
            return Failed(request, "the server failed; its log has the reason");
        }
    }

    private static ModelStreamInferResponse Failed(ModelInferRequest request, string reason) =>
        new() { ErrorMessage = reason, InferResponse = new ModelInferResponse { Id = request.Id } };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to model {Model} failed")]
    private static partial void LogFailure(ILogger logger, Exception error, string model);

    private async Task<ModelInferResponse> AnswerAsync(ModelInferRequest message, CancellationToken cancellationToken)
    {
        using var ticket = await inferencer.EnterAsync(message.ModelName, message.ModelVersion, cancellationToken);
        return GrpcMessages.ToResponse(await inferencer.InferAsync(ticket.Model, GrpcMessages.ToRequest(message), cancellationToken));
    }
}
