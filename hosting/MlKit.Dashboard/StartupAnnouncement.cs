using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Security;

namespace MlKit.Dashboard;

/// <summary>
/// Says where the dashboard listens. The login address holds the token, so it is printed only where the token was made
/// here; a host that gave the token prints it itself.
/// </summary>
internal sealed class StartupAnnouncement(DashboardOptions options, IServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var pages = Address();
        Console.WriteLine($"Now listening on: {pages}");
        if (options.ResourceServiceUrl is null)
        {
            Console.WriteLine($"OTLP by gRPC: {Show(options.OtlpGrpcUrl)}, by HTTP: {Show(options.OtlpHttpUrl)}");
        }

        if (options.BrowserTokenWasGenerated)
        {
            Console.WriteLine($"Login to the dashboard at {pages}{LoginEndpoints.Path}?t={options.BrowserToken}");
        }
        else if (options.AllowsAnonymous && options.FrontendUrls.Any(url => !url.IsLoopback))
        {
            Console.WriteLine("warning: everyone who can reach this address may use the dashboard (anonymous visitors are allowed)");
        }
    }

    private string Address()
    {
        var configured = options.FrontendUrls[0];
        return configured.Port != 0 ? Show(configured)
            : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? Show(configured);
    }

    private static string Show(Uri? url) => url is null ? "off" : url.GetLeftPart(UriPartial.Authority);
}
