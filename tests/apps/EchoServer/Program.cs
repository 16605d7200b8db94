using System.Net.WebSockets;
using EchoServer;

// A service that tests start in several copies: it says who it is, can be made sick, and speaks HTTP/2, gRPC and WebSockets.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddGrpc();
var app = builder.Build();
var sick = false;
app.UseWebSockets();
app.MapGrpcService<EchoService>();
app.MapGet("/", () => Environment.ProcessId);
app.MapGet("/protocol", (HttpContext context) => context.Request.Protocol);
app.MapGet("/environment/{name}", (string name) => Environment.GetEnvironmentVariable(name) ?? "");
app.MapGet("/arguments", () => string.Join('|', args));
app.MapGet("/health", () => sick ? Results.StatusCode(503) : Results.Ok());
app.MapPost("/sick", () => sick = true);
app.MapPost("/echo", async (HttpContext context) =>
{
    context.Response.ContentType = "text/plain";
    await context.Request.Body.CopyToAsync(context.Response.Body);
});
app.MapGet("/socket", async (HttpContext context) =>
{
    using var socket = await context.WebSockets.AcceptWebSocketAsync();
    var buffer = new byte[1024];
    while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: WebSocketMessageType.Text } part)
    {
        await socket.SendAsync(buffer.AsMemory(0, part.Count), WebSocketMessageType.Text, part.EndOfMessage, context.RequestAborted);
    }

    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
});
app.Run();
