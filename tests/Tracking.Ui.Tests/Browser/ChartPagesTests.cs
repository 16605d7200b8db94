using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>Charts as someone arranges them, plots over runs, logged images, and tables of several runs side by side.</summary>
public sealed class ChartPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private readonly List<string> _problems = [];

    private string Charts => $"experiments/{browser.Sample.Experiment}/runs?compareRunsMode=CHART";

    [Fact]
    public async Task Charts_are_moved_resized_and_hidden_and_the_link_keeps_that()
    {
        var page = await browser.OpenAsync(browser.Sample.CompareRunsPage, _problems);
        await browser.Client.LogMetricAsync(browser.Sample.First.Info.RunId, "train/accuracy", 0.5, cancellationToken: TestContext.Current.CancellationToken);
        await BrowserFixture.GoAsync(page, browser.Sample.CompareRunsPage);
        var train = page.Locator(".chart-group", new() { HasText = "train" }).Locator(".card h2 > a");
        await Expect(train).ToHaveTextAsync(["train/accuracy", "train/loss"]);
        await page.GetByLabel("Move train/loss to the front").ClickAsync();
        await Expect(train).ToHaveTextAsync(["train/loss", "train/accuracy"]);
        await page.GetByLabel("Hide the chart of train/accuracy").ClickAsync();
        await Expect(train).ToHaveTextAsync(["train/loss"]);
        await page.GetByLabel("Size").SelectOptionAsync("Large");
        await Expect(page.Locator(".cards.large").First).ToBeVisibleAsync();
        await page.GetByText("no outliers").ClickAsync();
        await Expect(page.Locator(".card svg[overflow=hidden]").First).ToBeAttachedAsync();

        var again = await browser.OpenAsync(page.Url, _problems);
        await Expect(again.Locator(".chart-group", new() { HasText = "train" }).Locator(".card h2 > a")).ToHaveTextAsync(["train/loss"]);
        await Expect(again.Locator(".cards.large").First).ToBeVisibleAsync();
        await again.GetByText("Show 1 hidden chart").ClickAsync();
        await Expect(again.Locator(".chart-group", new() { HasText = "train" }).Locator(".card h2 > a")).ToHaveTextAsync(["train/loss", "train/accuracy"]);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_chart_fills_the_screen_and_is_kept_as_SVG_PNG_and_CSV()
    {
        var page = await browser.OpenAsync(browser.Sample.CompareRunsPage, _problems);
        var card = page.Locator(".card", new() { HasText = "train/loss" });
        await card.GetByLabel("Full screen: train/loss").ClickAsync();
        await page.WaitForFunctionAsync("document.fullscreenElement?.getAttribute('aria-label') === 'Metric train/loss'");
        await card.GetByLabel("Full screen: train/loss").ClickAsync();
        await page.WaitForFunctionAsync("document.fullscreenElement === null");

        var svg = await DownloadAsync(page, card, "SVG");
        Assert.Equal("train_loss.svg", svg.Name);
        Assert.Equal(4, Regex.Count(svg.Text, "data-label="));
        Assert.Contains("stroke:rgb", svg.Text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("\u0089PNG", (await DownloadAsync(page, card, "PNG")).Text[..4]);
        var csv = (await DownloadAsync(page, card, "CSV")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + (4 * 200), csv.Length);
        Assert.StartsWith("run_id,metric,step,timestamp,value", csv[0], StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task The_pointer_marks_the_same_step_in_every_chart()
    {
        var page = await browser.OpenAsync(browser.Sample.CompareRunsPage, _problems);
        await Expect(page.Locator("svg[data-chart]")).ToHaveCountAsync(3);
        await page.Locator("svg[data-chart]").First.HoverAsync();
        await Expect(page.Locator(".chart-mark")).ToHaveCountAsync(3);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Groups_are_drawn_as_means_between_their_extremes()
    {
        var page = await browser.OpenAsync($"{Charts}&groupBy=[\"params.optimizer\"]", _problems);
        var card = page.Locator(".card", new() { HasText = "train/loss" });
        await Expect(card.Locator("path[data-label]")).ToHaveCountAsync(3);
        await Expect(card.Locator("path.band")).ToHaveCountAsync(1);
        await Expect(page.Locator(".legend")).ToContainTextAsync("optimizer: adam");
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync("the first 3 groups");
        await BrowserFixture.PictureAsync(page, "bands-light");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Plots_over_runs_are_added_and_their_axes_chosen()
    {
        var page = await browser.OpenAsync(Charts, _problems);
        await page.GetByText("Boxes", new() { Exact = true }).ClickAsync();
        var boxes = page.Locator("section[aria-label=Boxes]");
        await boxes.GetByLabel("Boxes by").SelectOptionAsync("params.optimizer");
        await Expect(boxes.Locator("g.box")).ToHaveCountAsync(3);
        await boxes.GetByLabel("Up").SelectOptionAsync("metrics.recall_at_10");
        await Expect(boxes.Locator("g.box")).ToHaveCountAsync(3);
        await Expect(boxes.Locator("g.box title").First).ToContainTextAsync("adam: least 0.21, quartiles 0.225, 0.24, 0.255, most 0.27, of 2 runs");
        await page.GetByText("Contour", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("section[aria-label=Contour] circle")).ToHaveCountAsync(4);
        await Expect(page.Locator("section[aria-label=Contour] path.level").First).ToBeAttachedAsync();
        await page.GetByText("Boxes", new() { Exact = true }).First.ClickAsync();
        await Expect(boxes).ToHaveCountAsync(0);
        await page.GetByText("Differences", new() { Exact = true }).ClickAsync();
        var differences = page.Locator("section[aria-label=Differences]");
        await differences.GetByLabel("Compared with").SelectOptionAsync("ranker-0");
        await Expect(differences.Locator("tr", new() { HasText = "metrics.recall_at_10" })).ToContainTextAsync("▲ +0.06 (28.6%)");
        await BrowserFixture.PictureAsync(page, "plots-light");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Logged_images_stand_side_by_side_and_follow_the_step()
    {
        var page = await browser.OpenAsync($"{Charts}&plots=images", _problems);
        var row = page.Locator("section.image-row[aria-label='samples/cat']");
        await Expect(row.Locator("img")).ToHaveCountAsync(2);
        await Expect(row.Locator("img").First).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(row).ToContainTextAsync("ranker-0, step 5");
        await page.Locator("section[aria-label=Images] input[type=range]").FillAsync("0");
        await Expect(row).ToContainTextAsync("ranker-0, step 0");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Tables_of_several_runs_stand_side_by_side()
    {
        var page = await browser.OpenAsync($"experiments/{browser.Sample.Experiment}/runs?compareRunsMode=ARTIFACT&table=table.json", _problems);
        var row = page.Locator("table.compare tbody tr", new() { HasText = "u1" });
        await Expect(row.Locator("td")).ToHaveTextAsync(["0.8", "0.7", "0.6", "0.5"]);
        await Expect(row).ToHaveClassAsync("differs");
        await page.Locator("label", new() { HasTextRegex = new("^Table") }).Locator("select").SelectOptionAsync("data.csv");
        await Expect(page.Locator("table.compare tbody tr").First).ToContainTextAsync("a, b");
        await Expect(page.Locator("tr.differs")).ToHaveCountAsync(0);
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_chart_has_a_barrier(ColorScheme scheme)
    {
        var page = await browser.OpenAsync($"{Charts}&plots=parallel,scatter,box,contour,difference,images", _problems, scheme: scheme);
        await Expect(page.Locator("section.run-plot")).ToHaveCountAsync(6);
        await Expect(page.Locator("section.image-row img").First).ToBeAttachedAsync();
        await page.Locator(".card .menu summary").First.ClickAsync();
        await Expect(page.Locator(".card .menu-body").First).ToBeVisibleAsync();
        await BrowserFixture.NoBarrierAsync(page);
        await BrowserFixture.PictureAsync(page, $"all-charts-{scheme}");
        await BrowserFixture.GoAsync(page, $"experiments/{browser.Sample.Experiment}/runs?compareRunsMode=ARTIFACT&table=table.json");
        await Expect(page.Locator("tr.differs").First).ToBeVisibleAsync();
        await BrowserFixture.NoBarrierAsync(page);
        await BrowserFixture.GoAsync(page, $"{Charts}&groupBy=[\"params.optimizer\"]");
        await BrowserFixture.NoBarrierAsync(page);
    }

    private static async Task<(string Name, string Text)> DownloadAsync(IPage page, ILocator card, string kind)
    {
        await card.Locator(".menu summary").ClickAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => card.Locator(".menu-body").GetByText(kind).ClickAsync());
        await using var stream = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return (download.SuggestedFilename, await reader.ReadToEndAsync());
    }
}
