using Grpc.Core;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Inference.Grpc;

/// <summary>The protocol over gRPC, with raw tensors.</summary>
/// <param name="channel">A channel to the server's gRPC port, for example <c>GrpcChannel.ForAddress("http://localhost:8001")</c>.</param>
public sealed class GrpcInferenceClient(ChannelBase channel) : IInferenceClient
{
    private readonly GRPCInferenceService.GRPCInferenceServiceClient _client = new(channel);

    /// <inheritdoc />
    public async Task<bool> IsServerReadyAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return (await _client.ServerReadyAsync(new ServerReadyRequest(), cancellationToken: cancellationToken)).Ready;
        }
        catch (RpcException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <inheritdoc />
    public async Task<bool> IsModelReadyAsync(string model, string version = "", CancellationToken cancellationToken = default)
    {
        try
        {
            var request = new ModelReadyRequest { Name = model, Version = version };
            return (await _client.ModelReadyAsync(request, cancellationToken: cancellationToken)).Ready;
        }
        catch (RpcException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <inheritdoc />
    public async Task<ServerMetadata> GetServerMetadataAsync(CancellationToken cancellationToken = default)
    {
        var answer = await CallAsync(() => _client.ServerMetadataAsync(new ServerMetadataRequest(), cancellationToken: cancellationToken), cancellationToken);
        return new ServerMetadata(answer.Name, answer.Version, answer.Extensions);
    }

    /// <inheritdoc />
    public async Task<ModelMetadata> GetModelMetadataAsync(string model, string version = "", CancellationToken cancellationToken = default)
    {
        var request = new ModelMetadataRequest { Name = model, Version = version };
        var answer = await CallAsync(() => _client.ModelMetadataAsync(request, cancellationToken: cancellationToken), cancellationToken);
        return new ModelMetadata(
            answer.Name, answer.Versions, answer.Platform, Describe(answer.Inputs), Describe(answer.Outputs), answer.Properties.ToDictionary());
    }

    /// <inheritdoc />
    public async Task<InferResponse> InferAsync(InferRequest request, CancellationToken cancellationToken = default) =>
        GrpcMessages.FromResponse(await CallAsync(
            () => _client.ModelInferAsync(GrpcMessages.FromRequest(request), cancellationToken: cancellationToken), cancellationToken));

    private static List<TensorMetadata> Describe(IEnumerable<ModelMetadataResponse.Types.TensorMetadata> tensors) =>
        [.. tensors.Select(tensor => new TensorMetadata(tensor.Name, tensor.Datatype, tensor.Shape))];

    private static async Task<T> CallAsync<T>(Func<AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (RpcException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InferenceException(KindOf(error.StatusCode), error.Status.Detail, error) { RetryAfter = RetryAfter(error) };
        }
    }

    private static TimeSpan? RetryAfter(RpcException error) =>
        long.TryParse(error.Trailers.GetValue("grpc-retry-pushback-ms"), System.Globalization.CultureInfo.InvariantCulture, out var milliseconds) && milliseconds >= 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    private static InferenceErrorKind KindOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument or StatusCode.AlreadyExists or StatusCode.Unknown => InferenceErrorKind.InvalidArgument,
        StatusCode.NotFound => InferenceErrorKind.NotFound,
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled => InferenceErrorKind.Unavailable,
        StatusCode.Unimplemented => InferenceErrorKind.Unsupported,
        StatusCode.ResourceExhausted => InferenceErrorKind.TooLarge,
        _ => InferenceErrorKind.Internal,
    };
}
