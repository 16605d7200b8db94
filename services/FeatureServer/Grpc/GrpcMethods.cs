using Google.Protobuf;
using Grpc.Core;
using MlKit.Feast.Protos.Serving;

namespace MlKit.FeatureServer.Grpc;

/// <summary>
/// The methods of Feast's two gRPC services. Defined here and not generated, because a message that cannot be decoded
/// must be INTERNAL as in Feast.
/// </summary>
internal static class GrpcMethods
{
    private const string Python = "GrpcFeatureServer";
    private const string Serving = "feast.serving.ServingService";

    public static Method<PushRequest, PushResponse> Push { get; } = Define<PushRequest, PushResponse>(Python, "Push");

    public static Method<WriteToOnlineStoreRequest, WriteToOnlineStoreResponse> Write { get; } =
        Define<WriteToOnlineStoreRequest, WriteToOnlineStoreResponse>(Python, "WriteToOnlineStore");

    public static Method<GetOnlineFeaturesRequest, GetOnlineFeaturesResponse> Read { get; } =
        Define<GetOnlineFeaturesRequest, GetOnlineFeaturesResponse>(Python, "GetOnlineFeatures");

    public static Method<GetFeastServingInfoRequest, GetFeastServingInfoResponse> ServingInfo { get; } =
        Define<GetFeastServingInfoRequest, GetFeastServingInfoResponse>(Serving, "GetFeastServingInfo");

    public static Method<GetOnlineFeaturesRequest, GetOnlineFeaturesResponse> ServingRead { get; } =
        Define<GetOnlineFeaturesRequest, GetOnlineFeaturesResponse>(Serving, "GetOnlineFeatures");

    /// <summary>The standard health check; its messages are left as bytes.</summary>
    public static Method<byte[], byte[]> Health { get; } = new(
        MethodType.Unary,
        "grpc.health.v1.Health",
        "Check",
        Marshallers.Create(bytes => bytes, bytes => bytes),
        Marshallers.Create(bytes => bytes, bytes => bytes));

    private static Method<TRequest, TResponse> Define<TRequest, TResponse>(string service, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(MethodType.Unary, service, name, Marshaller<TRequest>(), Marshaller<TResponse>());

    private static Marshaller<T> Marshaller<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return Marshallers.Create<T>(
            (message, context) =>
            {
                context.SetPayloadLength(message.CalculateSize());
                message.WriteTo(context.GetBufferWriter());
                context.Complete();
            },
            context =>
            {
                try
                {
                    return parser.ParseFrom(context.PayloadAsReadOnlySequence());
                }
                catch (InvalidProtocolBufferException error)
                {
                    throw new RpcException(new Status(StatusCode.Internal, $"the request cannot be decoded: {error.Message}"));
                }
            });
    }
}
