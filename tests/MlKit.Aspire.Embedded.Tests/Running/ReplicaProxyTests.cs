using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Aspire.Hosting;
using Grpc.Net.Client;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;
using MlKit.Tests.Echo;

namespace MlKit.Aspire.Embedded.Tests.Running;

public sealed class ReplicaProxyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_go_round_and_none_fails_while_a_replica_is_killed_or_sick()
    {
        await using var host = new TestHost();
        host.AddEcho("echo").WithHttpEndpoint().WithReplicas(3).WithHttpHealthCheck("/health");
        await host.StartAsync();
        // A connection of its own for each request, as different callers have.
        using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        var address = host.Address("echo");
        var processes = await EchoHost.UntilAsync(client, address, 3);

        using (var victim = Process.GetProcessById(processes.First()))
        {
            victim.Kill();
        }

        for (var i = 0; i < 200; i++)
        {
            Assert.Contains(await EchoHost.AskAsync(client, address), processes.Skip(1));
        }

        // One of the two left answers its health check with 503 from now on: nobody is led there any more.
        using (var answer = await client.PostAsync(new Uri(address, "sick"), null, Token))
        {
            answer.EnsureSuccessStatusCode();
        }

        var left = Assert.Single(await EchoHost.UntilAsync(client, address, 1));
        Assert.Contains(left, processes.Skip(1));
    }

    [Fact]
    public async Task A_body_and_a_socket_pass_through()
    {
        await using var host = new TestHost();
        host.AddEcho("echo").WithHttpEndpoint().WithReplicas(2);
        await host.StartAsync();
        using var client = new HttpClient();
        await EchoHost.UntilAsync(client, host.Address("echo"), 2);
        var body = new byte[3_000_000];
        new Random(1).NextBytes(body);

        using var content = new ByteArrayContent(body);
        using var response = await client.PostAsync(new Uri(host.Address("echo"), "echo"), content, Token);
        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync(Token));

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(host.Address("echo"), "socket")) { Scheme = "ws" }.Uri, Token);
        await socket.SendAsync(Encoding.UTF8.GetBytes("grüß"), WebSocketMessageType.Text, true, Token);
        var buffer = new byte[100];
        var part = await socket.ReceiveAsync(buffer, Token);
        Assert.Equal("grüß", Encoding.UTF8.GetString(buffer, 0, part.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
    }

    [Fact]
    public async Task HTTP2_and_gRPC_pass_through_call_by_call()
    {
        await using var host = new TestHost();
        host.AddEcho("echo").WithHttpEndpoint().WithReplicas(2).AsHttp2Service()
            .WithEnvironment("Kestrel__EndpointDefaults__Protocols", "Http2");
        await host.StartAsync();
        using var channel = GrpcChannel.ForAddress(host.Address("echo"));
        var echo = new Echo.EchoClient(channel);
        var processes = new HashSet<int>();
        await Eventually.True(
            async () =>
            {
                try
                {
                    var reply = await echo.SayAsync(new EchoRequest { Text = "hello" }, cancellationToken: Token);
                    Assert.Equal("hello", reply.Text);
                    processes.Add(reply.Pid);
                }
                catch (Grpc.Core.RpcException)
                {
                    // Not up yet.
                }

                return processes.Count == 2;
            },
            TimeSpan.FromSeconds(60),
            "both replicas answer on one connection");

        var counted = new List<string>();
        using var call = echo.Count(new EchoRequest { Text = "n" }, cancellationToken: Token);
        while (await call.ResponseStream.MoveNext(Token))
        {
            counted.Add(call.ResponseStream.Current.Text);
        }

        Assert.Equal(["n 1", "n 2", "n 3"], counted);
    }

    [Fact]
    public async Task Without_a_replica_that_answers_callers_get_503()
    {
        await using var host = new TestHost();
        host.AddEcho("echo").WithHttpEndpoint().WithReplicas(2).WithExplicitStart();
        await host.StartAsync();
        using var client = new HttpClient();

        using var response = await client.GetAsync(host.Address("echo"), Token);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }
}
