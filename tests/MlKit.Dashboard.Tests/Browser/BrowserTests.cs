using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MlKit.Dashboard.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>What only a browser can tell: styles, live updates, clicks, narrow screens.</summary>
public sealed partial class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly string[] Pages = ["", "?resource=scorer", "consolelogs", "structuredlogs", "traces", "metrics", "help"];

    [Fact]
    public async Task A_visitor_logs_in_sees_live_resources_and_stops_one()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync();
        await Expect(page.Locator("tr[data-resource]")).ToHaveCountAsync(6);
        await Expect(page.Locator("tr[data-resource=scorer]")).ToContainTextAsync("Running (Unhealthy)");
        await Expect(page.Locator("tr[data-resource=scorer] .badge.error")).ToHaveTextAsync("1");
        await setting.PictureAsync(page, "resources-light");

        await page.Locator("tr[data-resource=redis] fluent-button[title=Stop]").ClickAsync();
        await Eventually.True(() => Task.FromResult(setting.Host.Commands.Count == 1), TimeSpan.FromSeconds(10), "the host got the command");
        setting.Host.Update(Sample.Stopped("redis"));
        await Expect(page.Locator("tr[data-resource=redis]")).ToContainTextAsync("Exited");

        await page.Locator("tr[data-resource=scorer] button.link").ClickAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("no champion model yet");
        await Expect(page.Locator(".pane")).ToContainTextAsync("hidden");
        await setting.PictureAsync(page, "resource-details-light");
        Assert.DoesNotContain(Sample.Secret, await page.ContentAsync());

        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".pane")).ToHaveCountAsync(0);
        await page.Locator("tr[data-resource=scorer] [popovertarget]").ClickAsync();
        await setting.PictureAsync(page, "resource-menu-light");
        await page.Locator(".menu:popover-open").GetByText("Reload models").ClickAsync();
        await Expect(page.GetByText("Load all models anew?")).ToBeVisibleAsync();
        await setting.PictureAsync(page, "confirmation-light");
        await page.Locator("fluent-dialog fluent-button", new() { HasText = "Reload models" }).ClickAsync();
        await Eventually.True(() => Task.FromResult(setting.Host.Commands.Count == 2), TimeSpan.FromSeconds(10), "the host got the confirmed command");
        Assert.True(setting.Process.StartedIn < TimeSpan.FromSeconds(10), $"started in {setting.Process.StartedIn}");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task The_console_follows_new_lines_with_colours()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync("consolelogs/scorer");
        await Expect(page.GetByText("handled request 400 in")).ToBeVisibleAsync();
        setting.Host.Write(Sample.Lines("scorer-abcdefgh", 1, from: 401));
        await Expect(page.GetByText("handled request 401 in")).ToBeVisibleAsync();
        await Expect(page.Locator(".fg-green").First).ToHaveCSSAsync("color", "rgb(127, 209, 127)");
        await setting.PictureAsync(page, "console-light");
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Structured logs");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_log_entry_leads_to_its_trace_and_a_span_to_its_logs()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync("structuredlogs");
        await page.GetByText("Model store did not answer").ClickAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("TimeoutException");
        await setting.PictureAsync(page, "structured-logs-light");
        await page.GetByText("Show in its trace").ClickAsync();
        await Expect(page.Locator(".fall-row")).ToHaveCountAsync(5);
        await Expect(page.Locator(".pane")).ToContainTextAsync("Model store did not answer");
        await setting.PictureAsync(page, "trace-light");
        await page.GetByText("All traces").ClickAsync();
        await Expect(page.Locator("table.traces")).ToContainTextAsync("GET /recommendations/{userId}");
        await setting.PictureAsync(page, "traces-light");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_histogram_becomes_a_chart_with_percentiles()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync("metrics?resource=scorer");
        await page.GetByText("scorer.infer.duration").First.ClickAsync();
        await Expect(page.Locator(".legend")).ToContainTextAsync("p99");
        await Expect(page.Locator("svg.chart path.series")).ToHaveCountAsync(3);
        await setting.PictureAsync(page, "metrics-light");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task Dark_mode_follows_the_system_and_the_button()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync(scheme: ColorScheme.Dark);
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-theme", "dark");
        await setting.PictureAsync(page, "resources-dark");
        await BrowserSetting.GoAsync(page, "structuredlogs");
        await Expect(page.Locator("table.logs")).ToBeVisibleAsync();
        await setting.PictureAsync(page, "structured-logs-dark");
        await page.Locator(".bar-button").First.ClickAsync();
        await Expect(page.Locator("body")).Not.ToHaveAttributeAsync("data-theme", "dark");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task Every_page_fits_a_screen_of_390_pixels()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync(width: 390);
        foreach (var address in Pages)
        {
            await BrowserSetting.GoAsync(page, address);
            await setting.PictureAsync(page, $"narrow-{(address.Length == 0 ? "resources" : NotWord().Replace(address, "-").Trim('-'))}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), $"{address} is wider than the screen");
        }

        Assert.Empty(setting.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_has_a_serious_barrier(ColorScheme scheme)
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync(scheme: scheme);
        foreach (var address in Pages)
        {
            await BrowserSetting.GoAsync(page, address);
            await AssertAccessibleAsync(page);
        }
    }

    [Fact]
    public async Task Neither_login_nor_waterfall_nor_chart_has_a_serious_barrier()
    {
        await using var setting = await BrowserSetting.StartAsync(chromium);
        var page = await setting.LoginAsync("traces");
        await page.Locator("table.traces a").First.ClickAsync();
        await Expect(page.Locator(".fall-row").First).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await BrowserSetting.GoAsync(page, "metrics");
        await page.GetByText("scorer.infer.duration").First.ClickAsync();
        await Expect(page.Locator("svg.chart")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/");
        await Expect(page.Locator("h1")).ToContainTextAsync("MlKit dashboard");
        await AssertAccessibleAsync(page);
        await setting.PictureAsync(page, "login-light");
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        var barriers = result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help} at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        Assert.True(!barriers.Any(), string.Join('\n', barriers));
    }

    [GeneratedRegex("[^a-z]+")]
    private static partial Regex NotWord();
}
