using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MlKit.RecommendationApi.Tests.Support;

/// <summary>A peer on a port of its own that can go away and come back.</summary>
internal abstract class FakeServer : IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>While set, every connection is cut.</summary>
    public volatile bool Down;

    public string Address { get; private set; } = "";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(context =>
        {
            if (Down)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return AnswerAsync(context);
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Address = _app.Urls.Single();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    protected abstract Task AnswerAsync(HttpContext context);
}
