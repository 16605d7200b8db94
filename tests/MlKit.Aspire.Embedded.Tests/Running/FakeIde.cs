using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>An IDE that takes what the session protocol asks for and pretends to run it.</summary>
internal sealed class FakeIde : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly List<string> _log = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private WebSocket? _socket;
    private int _sessions;

    private FakeIde(WebApplication application) => _application = application;

    /// <summary>The kinds of program that it says it knows; null leaves the field out.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>What it answers to a start instead of a session: status and message.</summary>
    public (int Status, string Message)? Refusal { get; set; }

    /// <summary>The requests in their order: method, path, query.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>The bodies of the starts.</summary>
    public List<JsonNode> Starts { get; } = [];

    /// <summary>The headers of every request: authorization and instance.</summary>
    public List<(string Authorization, string Instance)> Headers { get; } = [];

    public string Token { get; } = Guid.NewGuid().ToString("N");

    public int Port => new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    /// <summary>The certificate that it speaks https with, in base64; null for http.</summary>
    public string? Certificate { get; private init; }

    public static Task<FakeIde> StartAsync(params string[]? types) => StartAsync(null, types);

    /// <summary>Starts one that speaks only https, with a certificate that nobody vouches for.</summary>
    public static async Task<FakeIde> StartEncryptedAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return await StartAsync(X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null), null);
    }

    private static async Task<FakeIde> StartAsync(X509Certificate2? certificate, string[]? types)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        builder.Services.AddRouting();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var ide = new FakeIde(builder.Build()) { Types = types, Certificate = certificate is null ? null : Convert.ToBase64String(certificate.RawData) };
        ide.Map();
        await ide._application.StartAsync(TestContext.Current.CancellationToken);
        return ide;
    }

    /// <summary>Tells the host something about a session.</summary>
    public async Task NotifyAsync(object notification)
    {
        var text = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(notification);
        await _sending.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await _socket!.SendAsync(text, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _sending.Dispose();
    }

    private void Map()
    {
        _application.UseWebSockets();
        _application.Use((context, next) =>
        {
            lock (_log)
            {
                _log.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
                Headers.Add((context.Request.Headers.Authorization.ToString(), context.Request.Headers["Microsoft-Developer-DCP-Instance-ID"].ToString()));
            }

            return next(context);
        });
        _application.UseRouting();
        _application.MapGet("/info", () => Info());
        _application.MapGet("/run_session/notify", HoldSocketAsync);
        _application.MapPut("/run_session", (Delegate)StartSessionAsync);
        _application.MapDelete("/run_session/{id}", async (string id) =>
        {
            await NotifyAsync(new { notification_type = "sessionTerminated", session_id = id, exit_code = 0 });
            return Results.Ok();
        });
    }

    private JsonObject Info()
    {
        var info = new JsonObject { ["protocols_supported"] = new JsonArray("2024-03-03", "2024-04-23", "2025-10-01") };
        if (Types is { Count: > 0 })
        {
            info["supported_launch_configurations"] = new JsonArray([.. Types.Select(t => JsonValue.Create(t))]);
        }

        return info;
    }

    private async Task<IResult> StartSessionAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = JsonNode.Parse(await reader.ReadToEndAsync())!;
        lock (_log)
        {
            Starts.Add(body);
        }

        if (Refusal is { } refusal)
        {
            return Results.Json(new { error = new { code = "Refused", message = refusal.Message } }, statusCode: refusal.Status);
        }

        var id = $"session-{Interlocked.Increment(ref _sessions)}";
        // Told before the answer: the host must not lose it.
        await NotifyAsync(new { notification_type = "processRestarted", session_id = id, pid = 4242 });
        await NotifyAsync(new { notification_type = "serviceLogs", session_id = id, is_std_err = false, log_message = "hello from the IDE\n" });
        return Results.Created($"http://localhost:{Port}/run_session/{id}", null);
    }

    private async Task HoldSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        _socket = socket;
        var buffer = new byte[100];
        while (await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted) is { MessageType: not WebSocketMessageType.Close })
        {
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
