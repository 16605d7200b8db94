using System.Globalization;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>The gRPC server that the dashboard reads resources from: loopback only, guarded by a key.</summary>
internal sealed class ResourceServiceHost(
    DistributedApplicationModel model,
    RunSettings settings,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    SecretVariables secrets,
    IServiceProvider services,
    TimeProvider time,
    ILoggerFactory loggers)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private WebApplication? _server;

    /// <summary>Names this run of the application: the time of its start.</summary>
    public string RunId => _startedAt.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Starts to listen at the address chosen for it.</summary>
    public async Task StartAsync(DashboardAddresses addresses, CancellationToken cancellationToken)
    {
        // The empty builder reads neither configuration nor environment: ASPNETCORE_URLS here is the dashboard's address.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = settings.ApplicationName });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, new Uri(addresses.ResourceService).Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(new ResourceGrpcService(
            settings.ApplicationName, model, notifications, logs, commands, new CommandArguments(notifications, services), new ResourceMessages(secrets), RunId, _startedAt));
        var server = builder.Build();
        server.Use((context, next) => ApiKeyGuard.CheckAsync(context, addresses.ResourceKey, next));
        server.UseRouting();
        server.MapGrpcService<ResourceGrpcService>();
        await server.StartAsync(cancellationToken);
        _server = server;
    }

    /// <summary>Ends the server; calls that are open are cut off, as the dashboard is gone by then.</summary>
    public async Task StopAsync()
    {
        if (_server is { } server)
        {
            _server = null;
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await server.StopAsync(now.Token);
            await server.DisposeAsync();
        }
    }
}
