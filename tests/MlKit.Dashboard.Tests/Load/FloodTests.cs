using MlKit.Dashboard.Tests.Browser;

namespace MlKit.Dashboard.Tests.Load;

public sealed class FloodTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_flood_with_garbage_leaves_the_dashboard_within_its_memory_and_says_what_was_dropped()
    {
        var token = TestContext.Current.CancellationToken;
        var http = FreePort.Next();
        await using var dashboard = await DashboardProcess.StartAsync(
            FreePort.Next(), $"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:{http}", "--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true");
        using var load = new OtlpLoad(new Uri($"http://127.0.0.1:{http}"));
        await Task.WhenAll(load.SpansAsync(200_000, perTrace: 20), load.LogsAsync(30_000), load.PointsAsync(100, 200), load.GarbageAsync(300));
        await load.SpansAsync(1_000, perTrace: 1);

        using var browser = new HttpClient { BaseAddress = dashboard.Pages };
        Assert.Contains("20,000 older entries were dropped", await browser.GetStringAsync("structuredlogs", token));
        Assert.Contains("older traces were dropped", await browser.GetStringAsync("traces", token));
        Assert.Contains("http.server.request.duration", await browser.GetStringAsync("metrics", token));
        var help = await browser.GetStringAsync("help", token);
        Assert.DoesNotContain("<dt>Malformed requests</dt><dd>0</dd>", help);
        await Eventually.True(() => Task.FromResult(dashboard.WorkingSet < 300 * Megabyte), TimeSpan.FromSeconds(15), $"{dashboard.WorkingSet / Megabyte} MB are under 300 MB");
        TestContext.Current.SendDiagnosticMessage($"memory after the flood: {dashboard.WorkingSet / Megabyte} MB");
    }
}
