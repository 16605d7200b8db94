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
        // The server lists its addresses in the order in which Listeners opened them, with the ports that 0 became.
        var addresses = new Queue<string>(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        var pages = options.FrontendUrls.Select(url => Show(url, addresses)).ToList();
        Console.WriteLine($"Now listening on: {string.Join(", ", pages)}");
        if (options.ResourceServiceUrl is null)
        {
            Console.WriteLine($"OTLP by gRPC: {Show(options.OtlpGrpcUrl, addresses)}, by HTTP: {Show(options.OtlpHttpUrl, addresses)}");
        }

        if (options.BrowserTokenWasGenerated)
        {
            Console.WriteLine($"Login to the dashboard at {pages[0]}{LoginEndpoints.Path}?t={options.BrowserToken}");
        }
        else if (options.AllowsAnonymous && options.FrontendUrls.Any(url => !url.IsLoopback))
        {
            Console.WriteLine("warning: everyone who can reach this address may use the dashboard (anonymous visitors are allowed)");
        }
    }

    private static string Show(Uri? configured, Queue<string> addresses)
    {
        if (configured is null)
        {
            return "off";
        }

        var actual = addresses.TryDequeue(out var address) ? address : configured.GetLeftPart(UriPartial.Authority);
        return configured.Port == 0 ? actual : configured.GetLeftPart(UriPartial.Authority);
    }
}
