using Microsoft.Playwright;

namespace MlKit.Dashboard.Bench;

/// <summary>Takes the pictures of the documentation from a dashboard that runs, in light and dark.</summary>
internal static class Pictures
{
    private static readonly (string Name, string Address, string Selector)[] Views =
    [
        ("resources", "", "tr[data-resource]"),
        ("graph", "?view=graph", "[data-node]"),
        ("structured-logs", "structuredlogs?filter=message:hasnot:root%20path", "table.logs tbody td"),
        ("traces", "traces", "table.traces tbody td"),
    ];

    /// <summary>Takes all pictures.</summary>
    public static async Task TakeAsync(Uri login, string folder)
    {
        Directory.CreateDirectory(folder);
        await using var browser = await BenchBrowser.StartAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            var page = await browser.OpenAsync(login, scheme, height: 720);
            await page.GotoAsync(login.PathAndQuery);
            foreach (var (name, address, selector) in Views)
            {
                await BenchBrowser.TimeAsync(page, address, selector);
                await TakeAsync(page, folder, name, scheme);
            }

            await ConsoleAsync(page, folder, scheme);
            await TraceAsync(page, folder, scheme);
            await MetricsAsync(page, folder, scheme);
            await RunsAsync(page, folder, scheme);
        }
    }

    // Without the lines that name folders of this machine.
    private static async Task ConsoleAsync(IPage page, string folder, ColorScheme scheme)
    {
        await BenchBrowser.TimeAsync(page, "consolelogs", ".line");
        await page.Locator("[data-filter]").FillAsync("info");
        await TakeAsync(page, folder, "console", scheme);
    }

    // The longest answer of the recommendation API: it has called the feature server and the scorer.
    private static async Task TraceAsync(IPage page, string folder, ColorScheme scheme)
    {
        await BenchBrowser.TimeAsync(page, "traces?text=recommendations&resource=scorer", "table.traces tbody td");
        await page.Locator("table.traces td.name a", new PageLocatorOptions { HasText = "/recommendations" }).First.ClickAsync();
        await page.Locator(".fall-row").First.WaitForAsync();
        if (await page.Locator(".fall-row .link", new PageLocatorOptions { HasText = "infer" }).CountAsync() > 0)
        {
            await page.Locator(".fall-row .link", new PageLocatorOptions { HasText = "infer" }).Last.ClickAsync();
            await page.Locator(".pane").WaitForAsync();
        }

        await TakeAsync(page, folder, "trace", scheme);
    }

    private static async Task MetricsAsync(IPage page, string folder, ColorScheme scheme)
    {
        await BenchBrowser.TimeAsync(page, "metrics?resource=recommendations", ".instruments a");
        await page.GetByText("http.server.request.duration").First.ClickAsync();
        await page.Locator("svg.chart path.series").First.WaitForAsync();
        await TakeAsync(page, folder, "metrics", scheme);
    }

    private static async Task RunsAsync(IPage page, string folder, ColorScheme scheme)
    {
        await BenchBrowser.TimeAsync(page, "runs", "table.runs");
        if (await page.Locator(".runs-buttons button").CountAsync() > 0)
        {
            await page.Locator(".runs-buttons button").ClickAsync();
            await page.Locator(".comparison").WaitForAsync();
        }

        await TakeAsync(page, folder, "runs", scheme);
    }

    private static async Task TakeAsync(IPage page, string folder, string name, ColorScheme scheme)
    {
        await page.WaitForTimeoutAsync(600);
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{scheme.ToString().ToLowerInvariant()}.png") });
    }
}
