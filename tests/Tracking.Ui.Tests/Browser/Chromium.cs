using Microsoft.Playwright;

namespace MlKit.Tests.Browser;

/// <summary>The system's Chromium, one for a class of tests; Playwright's own browsers are not downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Starts the browser; skips the test where there is none.</summary>
    public async Task RequireAsync()
    {
        var path = Array.Find([Environment.GetEnvironmentVariable("MLKIT_CHROMIUM") ?? "", .. Places], File.Exists);
        Assert.SkipWhen(path is null, $"no Chromium at {string.Join(", ", Places)} (install the package chromium, or set MLKIT_CHROMIUM)");
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            Args = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    /// <summary>A page with a profile of its own.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width, ColorScheme scheme, HttpCredentials? credentials = null)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = 800 },
            ColorScheme = scheme,
            TimezoneId = "UTC",
            HttpCredentials = credentials,
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
