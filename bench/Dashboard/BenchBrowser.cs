using System.Diagnostics;
using Microsoft.Playwright;

namespace MlKit.Dashboard.Bench;

/// <summary>The system's Chromium with one page, and a stopwatch.</summary>
internal sealed class BenchBrowser : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BenchBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<BenchBrowser> StartAsync()
    {
        var program = Array.Find([Environment.GetEnvironmentVariable("MLKIT_CHROMIUM") ?? "", .. Places], File.Exists)
            ?? throw new InvalidOperationException($"no Chromium at {string.Join(", ", Places)}; set MLKIT_CHROMIUM");
        var playwright = await Playwright.CreateAsync();
        return new BenchBrowser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-dev-shm-usage"],
        }));
    }

    public async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 800)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.GetLeftPart(UriPartial.Authority),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
        });
        return await context.NewPageAsync();
    }

    /// <summary>Milliseconds until the page is live and shows what a selector names.</summary>
    public static async Task<double> TimeAsync(IPage page, string address, string selector)
    {
        var clock = Stopwatch.StartNew();
        await page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator("[data-live=true]").WaitForAsync();
        await page.Locator(selector).First.WaitForAsync();
        return clock.Elapsed.TotalMilliseconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
