using Microsoft.Playwright;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>The system's Chromium; Playwright's own browsers are not downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string? Program = Array.Find([Environment.GetEnvironmentVariable("MLKIT_CHROMIUM") ?? "", .. Places], File.Exists);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>True where a browser was found.</summary>
    public static bool IsThere => Program is not null;

    /// <summary>Skips the test where there is no browser.</summary>
    public static void Require() =>
        Assert.SkipWhen(Program is null, $"no Chromium at {string.Join(", ", Places)} (install the package chromium, or set MLKIT_CHROMIUM)");

    /// <summary>Starts the browser.</summary>
    public async Task StartAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    /// <summary>A page with cookies of its own.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(20_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
