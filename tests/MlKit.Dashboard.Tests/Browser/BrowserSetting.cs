using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>
/// A host, a dashboard with telemetry and a past run, and a browser: one of each for all tests that need them, which
/// therefore leave the host as they found it.
/// </summary>
public sealed class BrowserSetting : IAsyncLifetime
{
    /// <summary>Names the run before this one.</summary>
    public const string PastRun = "20260301T083000000Z";

    private const string Token = "the-login-token";
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MLKIT_PICTURES");
    private readonly Chromium _chromium = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-dashboard-").FullName;

    internal FakeHost Host { get; private set; } = null!;

    internal DashboardProcess Process { get; private set; } = null!;

    /// <summary>Errors in the browser's console and failed requests of the test's pages.</summary>
    public List<string> Problems { get; } = [];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsThere)
        {
            return;
        }

        await _chromium.StartAsync();
        Host = await FakeHost.StartAsync(Sample.Resources());
        foreach (var name in new[] { "mlflow", "scorer", "feast" })
        {
            Host.Write(Sample.Lines($"{name}-abcdefgh", 400));
        }

        await RecordPastRunAsync();
        Process = await DashboardProcess.StartAsync(
            FreePort.Next(), [.. Host.Settings, .. HistorySettings("20260302T090000000Z"), $"--Dashboard:Frontend:BrowserToken={Token}"]);
        SampleTelemetry.Send(Process.OtlpGrpc);
    }

    /// <summary>A page of a visitor who has logged in; skips the test where there is no browser.</summary>
    public async Task<IPage> LoginAsync(string address = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        Chromium.Require();
        Problems.Clear();
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

    /// <summary>Clicks count once the live connection has rendered.</summary>
    public static Task LiveAsync(IPage page) => page.Locator("[data-live=true]").WaitForAsync();

    /// <summary>Keeps a screenshot where <c>MLKIT_PICTURES</c> names a folder.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
        {
            await Process.DisposeAsync();
            await Host.DisposeAsync();
        }

        await _chromium.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string[] HistorySettings(string run) =>
    [
        "--ASPIRE_DASHBOARD_PERSISTENCE_MODE=Run",
        $"--ASPIRE_DASHBOARD_DATA_DIRECTORY={_folder}",
        "--ASPIRE_DASHBOARD_APPLICATION_NAME=Shop",
        $"--Dashboard:Data:RunId={run}",
    ];

    private async Task RecordPastRunAsync()
    {
        await using var past = await DashboardInstance.StartOpenAsync([.. Host.Settings, .. HistorySettings(PastRun)]);
        SampleTelemetry.Send(past.OtlpGrpc);
        await Eventually.True(
            () => Task.FromResult(past.Service<Dashboard.Resources.ResourceStore>().All.Count > 0 && past.Service<Dashboard.Resources.ConsoleLogStore>().Query(null, "").Count > 0),
            TimeSpan.FromSeconds(10), "the past run has resources and console lines");
    }
}

/// <summary>Tests with a browser run one after another and share what they look at.</summary>
[CollectionDefinition(nameof(BrowserCollection))]
public sealed class BrowserCollection : ICollectionFixture<BrowserSetting>;
