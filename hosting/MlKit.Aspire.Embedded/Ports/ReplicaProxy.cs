using System.Diagnostics;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>
/// Stands before the replicas of HTTP endpoints: requests go round among those that answer. HTTP/1.1 with WebSockets,
/// or HTTP/2 with gRPC, whichever the endpoint speaks.
/// </summary>
internal sealed class ReplicaProxy(ResourceNotificationService notifications, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartInterval = TimeSpan.FromMilliseconds(100);
    private static readonly ForwarderRequestConfig Http1 = new() { ActivityTimeout = TimeSpan.FromDays(1), Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
    private static readonly ForwarderRequestConfig Http2 = new() { ActivityTimeout = TimeSpan.FromDays(1), Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private readonly Dictionary<int, (ReplicaSet Set, bool IsHttp2)> _sets = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _background = [];
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
    });

    private WebApplication? _application;

    /// <summary>Starts to listen on the public ports, if there are endpoints with replicas.</summary>
    public async Task StartAsync(IReadOnlyList<ProxiedEndpoint> endpoints, CancellationToken cancellationToken)
    {
        if (endpoints.Count == 0)
        {
            return;
        }

        foreach (var endpoint in endpoints)
        {
            var ids = ResourceInstancesAnnotation.IdsOf(endpoint.Resource);
            _sets.Add(endpoint.Port, (new ReplicaSet([.. endpoint.ReplicaPorts.Select((port, i) => new Replica(endpoint, ids[i], port))]), endpoint.IsHttp2));
        }

        _application = Build(endpoints);
        await _application.StartAsync(cancellationToken);
        _background.Add(FollowStatesAsync());
        _background.AddRange(_sets.Values.SelectMany(s => s.Set.Replicas).Select(ProbeAsync));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // The orchestrator ends it, and the services end everything that is left.
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        await Task.WhenAll(_background);
        if (_application is { } application)
        {
            _application = null;
            using var now = new CancellationTokenSource(0);
            await application.StopAsync(now.Token);
            await application.DisposeAsync();
        }

        _client.Dispose();
    }

    private WebApplication Build(IReadOnlyList<ProxiedEndpoint> endpoints)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // What is allowed is for the replicas to say.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            foreach (var endpoint in endpoints)
            {
                kestrel.ListenLocalhost(endpoint.Port, listen => listen.Protocols = endpoint.IsHttp2 ? HttpProtocols.Http2 : HttpProtocols.Http1);
            }
        });
        builder.Services.AddHttpForwarder();
        builder.Logging.SetMinimumLevel(LogLevel.None);
        var application = builder.Build();
        var forwarder = application.Services.GetRequiredService<IHttpForwarder>();
        application.Run(context => ForwardAsync(context, forwarder));
        return application;
    }

    private async Task ForwardAsync(HttpContext context, IHttpForwarder forwarder)
    {
        var (set, isHttp2) = _sets[context.Connection.LocalPort];
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        foreach (var replica in set.InTurn())
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            var error = await forwarder.SendAsync(context, replica.Address, _client, isHttp2 ? Http2 : Http1, HttpTransformer.Default);
            if (error == ForwarderError.None || context.Response.HasStarted || !MayTryAnother(context, replica))
            {
                return;
            }

            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
        }
    }

    // A request that never reached a replica can go to the next one, and so can one that only reads.
    private static bool MayTryAnother(HttpContext context, Replica replica)
    {
        if (context.RequestAborted.IsCancellationRequested || context.GetForwarderErrorFeature()?.Exception is not HttpRequestException failure)
        {
            return false;
        }

        if (failure.HttpRequestError == HttpRequestError.ConnectionError)
        {
            replica.IsUp = false;
            return true;
        }

        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method);
    }

    private async Task FollowStatesAsync()
    {
        var replicas = _sets.Values.SelectMany(s => s.Set.Replicas).ToLookup(r => r.Id, StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var change in notifications.WatchAsync(_stop.Token))
            {
                foreach (var replica in replicas[change.ResourceId])
                {
                    replica.IsRunning = change.Snapshot.State?.Text == KnownResourceStates.Running;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task ProbeAsync(Replica replica)
    {
        try
        {
            while (true)
            {
                await replica.ProbeAsync(_client, _stop.Token);
                await Task.Delay(replica.IsUp ? ProbeInterval : StartInterval, time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }
}
