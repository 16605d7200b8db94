using System.Globalization;
using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Browser;
using MlKit.Dashboard.Tests.Load;

namespace MlKit.Dashboard.Bench;

/// <summary>Fills a dashboard up to its limits, and measures its memory and how fast its pages are then.</summary>
internal static class LimitsBench
{
    private const double MemoryBudget = 300, PageBudget = 1_000, ListBudget = 300;
    private const int Rounds = 9;

    /// <summary>Measures at so many times the default limits.</summary>
    public static async Task RunAsync(int times)
    {
        var (grpc, http) = (FreePort.Next(), FreePort.Next());
        await using var dashboard = await DashboardProcess.StartAsync(grpc, [$"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL=http://127.0.0.1:{http}", "--ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true", .. Limits(times)]);
        using var load = new OtlpLoad(new Uri($"http://127.0.0.1:{http}"));
        await load.LogsAsync(10_000 * times);
        await load.SpansAsync(200_000 * Math.Min(times, 5), perTrace: times == 1 ? 20 : 10);
        await load.PointsAsync(series: 100, pointsPerSeries: 500 * times);
        var peak = Megabytes(dashboard);
        await SettleAsync(dashboard);
        Console.WriteLine($"{times} x the default limits: {10_000 * times} logs, {200_000 * Math.Min(times, 5)} spans, {50_000 * times} points");
        Report("memory right after the last record, in MB", peak, times == 1 ? MemoryBudget : null);
        Report("memory at rest, in MB", Megabytes(dashboard), times == 1 ? MemoryBudget : null);
        await PagesAsync(dashboard.Pages);
        Report("memory after the pages, in MB", Megabytes(dashboard), times == 1 ? MemoryBudget : null);
    }

    private static IEnumerable<string> Limits(int times) => times == 1 ? [] :
    [
        $"--Dashboard:TelemetryLimits:MaxLogCount={10_000 * times}",
        $"--Dashboard:TelemetryLimits:MaxTraceCount={10_000 * times}",
        $"--Dashboard:TelemetryLimits:MaxMetricsCount={50_000 * times}",
    ];

    private static async Task PagesAsync(Uri pages)
    {
        await using var browser = await BenchBrowser.StartAsync();
        var page = await browser.OpenAsync(pages);
        await BenchBrowser.TimeAsync(page, "help", "h1"); // the browser's cache and the server's code are warm, as for any second visit
        foreach (var (name, address, selector) in new[]
        {
            ("structured logs", "structuredlogs", "table.logs tbody tr td"),
            ("traces", "traces", "table.traces tbody tr td"),
            ("metrics", "metrics", ".instruments a"),
        })
        {
            Report($"{name} usable after, ms", await MedianAsync(() => BenchBrowser.TimeAsync(page, address, selector)), PageBudget);
        }

        await BenchBrowser.TimeAsync(page, "metrics", ".instruments a");
        await page.GetByText("http.server.request.duration").First.ClickAsync();
        var chart = page.Url;
        Report("chart usable after, ms", await MedianAsync(() => BenchBrowser.TimeAsync(page, chart, ".legend li")), PageBudget);
        await BenchBrowser.TimeAsync(page, "structuredlogs", "table.logs tbody tr td");
        Report("log list scrolled after, ms", await MedianAsync(() => ScrollAsync(page)), ListBudget);
        Report("log list filtered after, ms", await MedianAsync(() => FilterAsync(page)), ListBudget);
    }

    // To another place of the list, until rows stand in the middle of the window.
    private static Task<double> ScrollAsync(IPage page) => page.EvaluateAsync<double>(
        """
        async () => {
          const frame = document.querySelector('.follow-frame .scroll');
          const box = frame.getBoundingClientRect();
          const start = performance.now();
          frame.scrollTop = Math.random() * frame.scrollHeight * 0.9;
          const shown = () => [...document.elementsFromPoint(box.left + 300, box.top + box.height / 2)].some(e => e.matches('td'));
          await new Promise(done => { const look = () => performance.now() - start > 16 && shown() ? done() : requestAnimationFrame(look); requestAnimationFrame(look); });
          return performance.now() - start;
        }
        """);

    // From the last key press until the count of entries is that of the filter, the pause in typing included.
    private static Task<double> FilterAsync(IPage page) => page.EvaluateAsync<double>(
        """
        async () => {
          const input = document.querySelector('[data-filter]');
          const total = document.querySelector('.total');
          const before = total.textContent;
          const start = performance.now();
          input.value = input.value ? '' : 'needle';
          input.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise(done => { const look = () => document.querySelector('.total').textContent !== before ? done() : requestAnimationFrame(look); look(); });
          return performance.now() - start;
        }
        """);

    private static async Task<double> MedianAsync(Func<Task<double>> measure)
    {
        var values = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            values.Add(await measure());
        }

        values.Sort();
        return values[Rounds / 2];
    }

    private static async Task SettleAsync(DashboardProcess dashboard)
    {
        var full = dashboard.WorkingSet;
        for (var i = 0; i < 15 && dashboard.WorkingSet > full * 0.98; i++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static double Megabytes(DashboardProcess dashboard) => dashboard.WorkingSet / 1024.0 / 1024;

    private static void Report(string what, double value, double? budget) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"  {what}: {value:0}{(budget is { } most ? $" ({value / most:0.00} of {most:0})" : "")}"));
}
