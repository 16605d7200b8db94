using System.Threading.Channels;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlKit.Dashboard.ResourceService;

namespace MlKit.Dashboard.Tests.Running;

/// <summary>A host that has whatever resources a test gives it.</summary>
internal sealed class FakeHost : ResourceService.ResourceService.ResourceServiceBase, IAsyncDisposable
{
    public const string Key = "resource-key";
    private readonly List<Channel<ResourcesUpdate>> _watchers = [];
    private readonly List<Channel<LogLines>> _logWatchers = [];
    private readonly List<Resource> _resources = [];
    private readonly List<LogLine> _lines = [];
    private WebApplication? _app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public List<ExecuteCommandRequest> Commands { get; } = [];

    public string CommandOutcome { get; set; } = "Succeeded";

    /// <summary>How a test answers a command; null for <see cref="CommandOutcome"/> with a message.</summary>
    public Func<ExecuteCommandRequest, ExecuteCommandResponse?> Answer { get; set; } = _ => null;

    /// <summary>How a test finds choices for what was entered.</summary>
    public Func<LoadInputsRequest, LoadInputsResponse> Inputs { get; set; } = _ => new LoadInputsResponse();

    /// <summary>What the dashboard needs to find this host.</summary>
    public string[] Settings =>
    [
        $"--ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL={Address.GetLeftPart(UriPartial.Authority)}",
        $"--Dashboard:ResourceServiceClient:ApiKey={Key}",
    ];

    public static async Task<FakeHost> StartAsync(params Resource[] resources)
    {
        var host = new FakeHost();
        host._resources.AddRange(resources);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(host);
        host._app = builder.Build();
        host._app.MapGrpcService<FakeHost>();
        await host._app.StartAsync(TestContext.Current.CancellationToken);
        host.Address = new Uri(host._app.Urls.First());
        return host;
    }

    public void Update(Resource resource)
    {
        lock (_resources)
        {
            _resources.RemoveAll(known => known.Id == resource.Id);
            _resources.Add(resource);
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(new ResourcesUpdate { Upserted = { resource } }));
        }
    }

    public void Write(params LogLine[] lines)
    {
        lock (_resources)
        {
            _lines.AddRange(lines);
            _logWatchers.ForEach(watcher => watcher.Writer.TryWrite(new LogLines { Lines = { lines } }));
        }
    }

    public override Task<Application> GetApplication(GetApplicationRequest request, ServerCallContext context)
    {
        Check(context);
        return Task.FromResult(new Application { Name = "Shop", RunId = "run-1" });
    }

    public override async Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<ResourcesUpdate> stream, ServerCallContext context)
    {
        Check(context);
        var updates = Channel.CreateUnbounded<ResourcesUpdate>();
        lock (_resources)
        {
            updates.Writer.TryWrite(new ResourcesUpdate { IsSnapshot = true, Upserted = { _resources } });
            _watchers.Add(updates);
        }

        await CopyAsync(updates, stream, context);
    }

    public override async Task WatchLogs(WatchLogsRequest request, IServerStreamWriter<LogLines> stream, ServerCallContext context)
    {
        Check(context);
        var lines = Channel.CreateUnbounded<LogLines>();
        lock (_resources)
        {
            lines.Writer.TryWrite(new LogLines { Lines = { _lines } });
            _logWatchers.Add(lines);
        }

        await CopyAsync(lines, stream, context);
    }

    public override Task<ExecuteCommandResponse> ExecuteCommand(ExecuteCommandRequest request, ServerCallContext context)
    {
        Check(context);
        lock (Commands)
        {
            Commands.Add(request);
        }

        return Task.FromResult(Answer(request) ?? new ExecuteCommandResponse { Kind = CommandOutcome, Message = $"{request.CommandName} was done" });
    }

    public override Task<LoadInputsResponse> LoadInputs(LoadInputsRequest request, ServerCallContext context)
    {
        Check(context);
        return Task.FromResult(Inputs(request));
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
            await _app.StopAsync(atOnce.Token);
            await _app.DisposeAsync();
        }
    }

    private static async Task CopyAsync<T>(Channel<T> source, IServerStreamWriter<T> stream, ServerCallContext context)
    {
        try
        {
            await foreach (var message in source.Reader.ReadAllAsync(context.CancellationToken))
            {
                await stream.WriteAsync(message, context.CancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard has gone.
        }
    }

    private static void Check(ServerCallContext context)
    {
        if (context.RequestHeaders.GetValue("x-resource-service-api-key") != Key)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "wrong key"));
        }
    }
}
