using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using MlKit.Dashboard.History;

namespace MlKit.Dashboard.Tests.Running;

/// <summary>A real dashboard within the test's process, on ports of its own.</summary>
internal sealed class DashboardInstance : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IServiceScope _scope;

    private DashboardInstance(WebApplication app)
    {
        _app = app;
        _scope = app.Services.CreateScope();
        _scope.ServiceProvider.GetRequiredService<RunView>().Use(app.Services.GetRequiredService<RunData>());
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        Pages = addresses[0];
        OtlpGrpc = addresses[1];
        OtlpHttp = addresses[2];
        Browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = Pages };
    }

    public Uri Pages { get; }

    public Uri OtlpGrpc { get; }

    public Uri OtlpHttp { get; }

    /// <summary>Keeps cookies and does not follow redirections.</summary>
    public HttpClient Browser { get; }

    public CookieContainer Cookies { get; } = new();

    public static async Task<DashboardInstance> StartAsync(params string[] settings)
    {
        var app = DashboardApplication.Build(
        [
            "--urls=http://127.0.0.1:0",
            "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:0",
            "--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:0",
            .. settings,
        ]);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new DashboardInstance(app);
    }

    /// <summary>One that asks nobody for a token.</summary>
    public static Task<DashboardInstance> StartOpenAsync(params string[] settings) =>
        StartAsync(["--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true", .. settings]);

    /// <summary>A service; the stores are those of the present run.</summary>
    public T Service<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>A page as the server renders it first.</summary>
    public Task<string> PageAsync(string address) => Browser.GetStringAsync(new Uri(Pages, address), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        _scope.Dispose();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }
}
