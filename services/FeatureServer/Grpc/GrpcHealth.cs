using Google.Protobuf;
using Grpc.Core;

namespace MlKit.FeatureServer.Grpc;

/// <summary>
/// The standard health service: the server as a whole is SERVING, names are NOT_FOUND, as in Feast. Its two messages are
/// one field each, so they are read and written here.
/// </summary>
[BindServiceMethod(typeof(GrpcHealth), nameof(Bind))]
internal class GrpcHealth
{
    private static readonly byte[] Serving = [0x08, 0x01];

    /// <summary>Called by the host, which finds the handlers by name and wants them virtual.</summary>
    public static void Bind(ServiceBinderBase binder, GrpcHealth? service) =>
        binder.AddMethod(GrpcMethods.Health, service is null ? null! : service.Check);

    public virtual Task<byte[]> Check(byte[] request, ServerCallContext context) => ServiceName(request).Length == 0
        ? Task.FromResult(Serving)
        : throw new RpcException(new Status(StatusCode.NotFound, ""));

    private static string ServiceName(byte[] request)
    {
        var input = new CodedInputStream(request);
        var name = "";
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == WireFormat.MakeTag(1, WireFormat.WireType.LengthDelimited))
            {
                name = input.ReadString();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return name;
    }
}
