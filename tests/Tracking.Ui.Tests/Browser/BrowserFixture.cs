using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MlKit.Mlflow;

namespace MlKit.Tests.Browser;

/// <summary>A server with sample runs, and a browser.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("MLKIT_PICTURES");
    private readonly Chromium _chromium = new();
    private TrackingProcess? _server;

    public MlflowClient Client { get; private set; } = null!;

    public SampleRuns Sample { get; private set; } = null!;

    public Uri Address => _server!.Address;

    public async ValueTask InitializeAsync()
    {
        await _chromium.RequireAsync();
        _server = await TrackingProcess.StartAsync();
        Client = new MlflowClient(_server.CreateClient());
        Sample = await SampleRuns.CreateAsync(Client);
    }

    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Opens a page and waits until it is alive; what the browser complains about goes into <paramref name="problems"/>.</summary>
    public async Task<IPage> OpenAsync(string address, List<string> problems, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await _chromium.OpenAsync(Address, width, scheme);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                problems.Add(message.Text);
            }
        };
        page.PageError += (_, error) => problems.Add(error);
        page.Response += (_, answer) =>
        {
            if (answer.Status >= 400)
            {
                problems.Add($"{answer.Status} {answer.Url}");
            }
        };
        try
        {
            await GoAsync(page, address);
        }
        catch (TimeoutException error) when (problems.Count > 0)
        {
            throw new InvalidOperationException(string.Join('\n', problems), error);
        }

        return page;
    }

    /// <summary>Goes to another page by its address.</summary>
    public static async Task GoAsync(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator("[data-live=true]").WaitForAsync();
    }

    /// <summary>Fails where axe finds something that keeps someone out.</summary>
    public static async Task NoBarrierAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(violation =>
            $"{page.Url}: {violation.Id} ({violation.Impact}): {violation.Help} at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }

    public static async Task PictureAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png") });
        }
    }
}
