using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>A host, a dashboard with telemetry, and a browser.</summary>
internal sealed class BrowserSetting : IAsyncDisposable
{
    private const string Token = "the-login-token";
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MLKIT_PICTURES");
    private readonly Chromium _chromium;

    private BrowserSetting(Chromium chromium, FakeHost host, DashboardProcess process)
    {
        _chromium = chromium;
        Host = host;
        Process = process;
    }

    public FakeHost Host { get; }

    public DashboardProcess Process { get; }

    /// <summary>Errors in the browser's console and failed requests.</summary>
    public List<string> Problems { get; } = [];

    public static async Task<BrowserSetting> StartAsync(Chromium chromium)
    {
        await chromium.RequireAsync();
        var host = await FakeHost.StartAsync(Sample.Resources());
        foreach (var name in new[] { "mlflow", "scorer", "feast" })
        {
            host.Write(Sample.Lines($"{name}-abcdefgh", 400));
        }

        var process = await DashboardProcess.StartAsync(FreePort.Next(), [.. host.Settings, $"--Dashboard:Frontend:BrowserToken={Token}"]);
        SampleTelemetry.Send(process.OtlpGrpc);
        return new BrowserSetting(chromium, host, process);
    }

    public async Task<IPage> LoginAsync(string address = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await _chromium.OpenAsync(Process.Pages, width, scheme: scheme);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Problems.Add(message.Text);
            }
        };
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
            {
                Problems.Add($"{answer.Status} {answer.Url}");
            }
        };
        await page.GotoAsync($"login?t={Token}&returnUrl={Uri.EscapeDataString("/" + address)}");
        await LiveAsync(page);
        return page;
    }

    public static async Task GoAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await LiveAsync(page);
    }

    public async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Host.DisposeAsync();
    }

    // Clicks count once the circuit has rendered.
    private static Task LiveAsync(IPage page) => page.Locator("[data-live=true]").WaitForAsync();
}
