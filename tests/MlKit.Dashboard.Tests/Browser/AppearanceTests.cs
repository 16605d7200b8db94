using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Dashboard.Tests.Browser;

[Collection(nameof(BrowserCollection))]
public sealed partial class AppearanceTests(BrowserSetting setting)
{
    private static readonly string[] Pages =
    [
        "", "?resource=scorer", "?view=graph", "consolelogs", "structuredlogs", "traces", "metrics", "runs", "data", "help", "no-such-page",
        .. new[] { "", "?resource=scorer", "consolelogs", "structuredlogs", "traces", "metrics", "runs", "data" }.Select(page => $"run/{BrowserSetting.PastRun}/{page}"),
    ];

    // In the dark the pages differ by their colours alone.
    private static readonly AxeRunOptions OnlyColours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    [Fact]
    public async Task Dark_mode_follows_the_system_and_the_button()
    {
        var page = await setting.LoginAsync(scheme: ColorScheme.Dark);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-theme", "dark");
        await BrowserSetting.PictureAsync(page, "resources-dark");
        await BrowserSetting.GoAsync(page, "structuredlogs");
        await Expect(page.Locator("table.logs")).ToBeVisibleAsync();
        await BrowserSetting.PictureAsync(page, "structured-logs-dark");
        await page.GetByLabel("Switch between light and dark").ClickAsync();
        await Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-theme", "dark");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task Every_page_fits_a_screen_of_390_pixels()
    {
        var page = await setting.LoginAsync(width: 390);
        foreach (var address in Pages)
        {
            await BrowserSetting.GoAsync(page, address);
            await AssertFitsAsync(page, address.Length == 0 ? "resources" : NotWord().Replace(address, "-").Trim('-'));
        }

        await VisitAsync(page, AssertFitsAsync);
        setting.Problems.RemoveAll(problem => problem.Contains("404", StringComparison.Ordinal)); // the page that is not there
        Assert.Empty(setting.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_has_a_serious_barrier(ColorScheme scheme)
    {
        var page = await setting.LoginAsync(scheme: scheme);
        foreach (var address in Pages)
        {
            await BrowserSetting.GoAsync(page, address);
            await AssertAccessibleAsync(page, address);
        }

        await VisitAsync(page, AssertAccessibleAsync);
        await BrowserSetting.GoAsync(page, "?resource=scorer");
        await page.Locator(".pane fluent-button", new() { HasText = "Export model" }).ClickAsync();
        await Expect(page.Locator("dialog[open]")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page, "question");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_login_has_no_serious_barrier(ColorScheme scheme)
    {
        var page = await setting.LoginAsync(scheme: scheme);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/");
        await Expect(page.Locator("h1")).ToContainTextAsync("MlKit dashboard");
        await AssertAccessibleAsync(page, "login");
        await BrowserSetting.PictureAsync(page, $"login-{scheme.ToString().ToLowerInvariant()}");
    }

    [Fact]
    public async Task The_keyboard_reaches_pages_rows_and_the_filter()
    {
        var page = await setting.LoginAsync();
        foreach (var (key, title) in new[] { ("d", "Data"), ("c", "Console"), ("s", "Structured logs"), ("t", "Traces"), ("m", "Metrics"), ("h", "Runs"), ("?", "Help"), ("r", "Resources") })
        {
            await page.Keyboard.PressAsync(key);
            await Expect(page.Locator("h1")).ToHaveTextAsync(title);
        }

        await Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".pane h2")).ToHaveTextAsync("feast");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".pane")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("scor");
        await Expect(page.Locator("tr[data-resource]")).ToHaveCountAsync(1);
    }

    // What is reached by clicks: two traces compared, a trace with a span's details, a chart, two runs compared.
    private static async Task VisitAsync(IPage page, Func<IPage, string, Task> look)
    {
        await BrowserSetting.GoAsync(page, "traces");
        var first = await page.Locator("table.traces td.name a").First.GetAttributeAsync("href");
        var last = await page.Locator("table.traces td.name a").Last.GetAttributeAsync("href");
        await BrowserSetting.GoAsync(page, $"traces/compare?a={first!["traces/".Length..]}&b={last!["traces/".Length..]}");
        await Expect(page.Locator(".fall-row.compared").First).ToBeVisibleAsync();
        await look(page, "comparison of traces");
        await page.Locator(".facts-line a").First.ClickAsync();
        await Expect(page.Locator(".fall-head .ticks")).ToBeVisibleAsync();
        await look(page, "trace");
        await page.Locator(".fall-row .link").First.ClickAsync();
        await Expect(page.Locator(".pane")).ToBeVisibleAsync();
        await look(page, "span");
        await BrowserSetting.GoAsync(page, "metrics?resource=scorer");
        await page.GetByText("scorer.infer.duration").First.ClickAsync();
        await Expect(page.Locator("svg.chart")).ToBeVisibleAsync();
        await look(page, "chart");
        await page.Locator(".filters .chip").First.ClickAsync();
        await Expect(page.Locator(".choices:popover-open")).ToBeVisibleAsync();
        await look(page, "chart filter");
        await BrowserSetting.GoAsync(page, $"runs?a={BrowserSetting.PastRun}&b=20260302T090000000Z");
        await Expect(page.Locator(".comparison")).ToBeVisibleAsync();
        await look(page, "comparison of runs");
    }

    private static async Task AssertFitsAsync(IPage page, string what)
    {
        await BrowserSetting.PictureAsync(page, $"narrow-{what.Replace(' ', '-')}");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), $"{what} is wider than the screen");
    }

    internal static async Task AssertAccessibleAsync(IPage page, string what)
    {
        var result = await page.RunAxe(await page.Locator("body[data-theme=dark]").CountAsync() > 0 ? OnlyColours : null);
        var barriers = result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{what}: {violation.Id}: {violation.Help} at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        Assert.True(!barriers.Any(), string.Join('\n', barriers));
    }

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NotWord();
}
