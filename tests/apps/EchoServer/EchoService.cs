using Grpc.Core;
using MlKit.Tests.Echo;

namespace EchoServer;

/// <summary>Says over gRPC what it was told, and by which process.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    public override Task<EchoReply> Say(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(new EchoReply { Text = request.Text, Pid = Environment.ProcessId });

    public override async Task Count(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        for (var i = 1; i <= 3; i++)
        {
            await responseStream.WriteAsync(new EchoReply { Text = $"{request.Text} {i}", Pid = Environment.ProcessId });
        }
    }
}
