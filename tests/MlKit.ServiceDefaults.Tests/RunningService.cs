using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace MlKit.ServiceDefaults.Tests;

/// <summary>A service with nothing but the defaults, listening on a free loopback port.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RunningService(WebApplication application)
    {
        _application = application;
        Client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<RunningService> StartAsync(Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        configure?.Invoke(builder);
        var application = builder.Build();
        application.MapDefaultEndpoints();
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new RunningService(application);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
    }
}
