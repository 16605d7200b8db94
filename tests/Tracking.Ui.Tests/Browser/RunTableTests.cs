using Microsoft.Playwright;
using MlKit.Mlflow;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>Nested runs, groups, pinned and hidden runs, the order of columns, and what is done to several runs at once.</summary>
public sealed class RunTableTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private readonly List<string> _problems = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Runs => $"experiments/{browser.Sample.Experiment}/runs";

    [Fact]
    public async Task A_run_opens_to_the_runs_that_belong_to_it_and_the_link_keeps_that()
    {
        var page = await browser.OpenAsync(Runs, _problems);
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync("4 runs");
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(3);
        await page.GetByLabel("Show the 1 run of ranker-0").ClickAsync();
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(4);
        await Expect(Names(page).Last).ToHaveTextAsync("ranker-3");
        await BrowserFixture.PictureAsync(page, "nested-light");

        var again = await browser.OpenAsync(page.Url, _problems);
        await Expect(again.Locator("tr.run-row")).ToHaveCountAsync(4);
        await again.GetByLabel("Show the 1 run of ranker-0").ClickAsync();
        await Expect(again.Locator("tr.run-row")).ToHaveCountAsync(3);
        await again.GetByText("Nest", new() { Exact = true }).ClickAsync();
        await Expect(again.Locator("tr.run-row")).ToHaveCountAsync(4);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Runs_whose_parents_are_each_other_or_gone_are_shown_all_the_same()
    {
        var client = browser.Client;
        var experiment = await client.CreateExperimentAsync("circles", null, Stop);
        var first = await client.CreateRunAsync(experiment, "a", cancellationToken: Stop);
        var second = await client.CreateRunAsync(experiment, "b", [new Tag("mlflow.parentRunId", first.Info.RunId)], Stop);
        await client.SetTagAsync(first.Info.RunId, "mlflow.parentRunId", second.Info.RunId, Stop);
        await client.CreateRunAsync(experiment, "alone", [new Tag("mlflow.parentRunId", "no-such-run")], Stop);
        var page = await browser.OpenAsync($"experiments/{experiment}/runs", _problems);
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync("3 runs");
        await Expect(Names(page).Filter(new() { HasText = "alone" })).ToHaveCountAsync(1);
        await page.Locator("button[aria-expanded=false].small").ClickAsync();
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(3);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Groups_show_means_and_extremes_of_all_their_runs()
    {
        var page = await browser.OpenAsync($"experiments/{browser.Sample.ManyId}/runs", _problems);
        await page.GetByText("Group", new() { Exact = true }).ClickAsync();
        await page.Locator("dialog label", new() { HasTextRegex = new("^ ?depth") }).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync("1,200 runs in 9 groups");
        await Expect(page.Locator("tr.group-row")).ToHaveCountAsync(9);
        var losses = Enumerable.Range(0, SampleRuns.Many).Where(i => i % 9 == 4).Select(i => (i * 7919 % 10007) / 10007.0).ToList();
        var cell = page.Locator("tr.group-row", new() { HasText = "depth: 4" }).Locator("td.number").First;
        await Expect(cell).ToHaveTextAsync(Math.Round(losses.Average(), 6).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Expect(cell).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex($"of {losses.Count} runs"));
        await BrowserFixture.PictureAsync(page, "groups-light");

        await page.GetByLabel("Show the runs of depth: 4").ClickAsync();
        await Expect(page.Locator("tr.run-row:not(.group-row) td", new() { HasTextRegex = new("^4$") }).First).ToBeVisibleAsync();
        await BrowserFixture.GoAsync(page, $"experiments/{browser.Sample.ManyId}/runs?groupBy=[\"params.depth\"]&value=Min&orderByKey=metrics.%60loss%60&orderByAsc=true");
        await Expect(page.Locator("tr.group-row td.number").First).ToHaveTextAsync("0");
        await BrowserFixture.GoAsync(page, $"{Runs}?groupBy=[\"attributes.datasets\",\"params.optimizer\"]");
        await Expect(page.Locator("tr.group-row").First).ToContainTextAsync("Data sets: ml-100k (abc123), optimizer: adam");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Pinned_runs_stay_on_top_and_hidden_ones_are_left_out_of_charts()
    {
        var page = await browser.OpenAsync($"{Runs}?orderByKey=metrics.%60recall_at_10%60&orderByAsc=true", _problems);
        await Expect(Names(page).First).ToHaveTextAsync("ranker-0");
        await page.GetByLabel("Pin ranker-3").ClickAsync();
        await Expect(page.Locator("tbody.pinned a")).ToHaveTextAsync("ranker-3");
        await Expect(Names(page).First).ToHaveTextAsync("ranker-3");
        await page.GetByLabel("Leave ranker-1 out of charts").ClickAsync();
        await Expect(page.Locator("tr.hidden-run")).ToHaveCountAsync(1);
        await page.Locator(".tabs a", new() { HasText = "Charts" }).ClickAsync();
        await Expect(page.Locator(".card", new() { HasText = "train/loss" }).Locator("path[data-label]")).ToHaveCountAsync(3);
        await page.Locator(".legend button", new() { HasText = "ranker-1" }).ClickAsync();
        await Expect(page.Locator(".card", new() { HasText = "train/loss" }).Locator("path[data-label]")).ToHaveCountAsync(4);
        Assert.DoesNotContain("hidden=", page.Url, StringComparison.Ordinal);
        Assert.Contains("pinned=", page.Url, StringComparison.Ordinal);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Columns_are_moved()
    {
        var page = await browser.OpenAsync($"{Runs}?columns=[\"params.optimizer\",\"metrics.recall_at_10\",\"attributes.user\"]", _problems);
        await Expect(page.Locator("th[data-column]").First).ToHaveTextAsync("optimizer");
        await page.GetByText("Columns", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Move optimizer to the right").ClickAsync();
        await Expect(page.Locator("th[data-column]").First).ToHaveTextAsync("recall_at_10");
        await page.GetByLabel("Move User to the left").ClickAsync();
        await Expect(page.Locator("th[data-column]").Nth(1)).ToHaveTextAsync("User");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Several_runs_are_tagged_deleted_and_restored_at_once()
    {
        var client = browser.Client;
        var experiment = await client.CreateExperimentAsync("in bulk", null, Stop);
        for (var i = 0; i < 3; i++)
        {
            await client.CreateRunAsync(experiment, $"bulk-{i}", cancellationToken: Stop);
        }

        var page = await browser.OpenAsync($"experiments/{experiment}/runs", _problems);
        await SelectAsync(page, "bulk-0", "bulk-2");
        await page.GetByText("Tag 2").ClickAsync();
        await page.Locator("dialog input").First.FillAsync("kept");
        await page.Locator("dialog input").Nth(1).FillAsync("yes");
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await page.Locator("input[data-filter]").FillAsync("tags.kept = 'yes'");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync("2 runs");
        await page.Locator("thead input[type=checkbox]").CheckAsync();
        await page.GetByText("Delete 2").ClickAsync();
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator(".empty")).ToContainTextAsync("No run matches");
        await page.GetByLabel("Which runs").SelectOptionAsync("Deleted");
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(2);
        await SelectAsync(page, "bulk-0");
        await page.GetByText("Restore 1").ClickAsync();
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(1);
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Groups_pins_and_dialogs_have_no_barrier(ColorScheme scheme)
    {
        var (first, last) = (browser.Sample.Runs[0].Info.RunId, browser.Sample.Runs[^1].Info.RunId);
        var page = await browser.OpenAsync($"{Runs}?pinned=[\"{last}\"]&hidden=[\"{first}\"]&open=[\"{first}\"]", _problems, scheme: scheme);
        await Expect(page.Locator("tbody.pinned a")).ToHaveTextAsync("ranker-3");
        await BrowserFixture.NoBarrierAsync(page);
        await page.GetByText("Columns", new() { Exact = true }).ClickAsync();
        await BrowserFixture.NoBarrierAsync(page);
        await BrowserFixture.GoAsync(page, $"{Runs}?groupBy=[\"params.optimizer\"]&open=[\"optimizer: adam\"]");
        await Expect(page.Locator("tr.group-row")).ToHaveCountAsync(3);
        await BrowserFixture.NoBarrierAsync(page);
        await page.GetByLabel("Log a new run").ClickAsync();
        await Expect(page.Locator("dialog .code-block").First).ToContainTextAsync("mlflow.set_tracking_uri");
        await BrowserFixture.NoBarrierAsync(page);
        await BrowserFixture.PictureAsync(page, $"groups-{scheme}");
    }

    private static ILocator Names(IPage page) => page.Locator("tr.run-row .run-name a");

    private static async Task SelectAsync(IPage page, params string[] names)
    {
        foreach (var name in names)
        {
            await page.GetByLabel($"Select {name}", new() { Exact = true }).CheckAsync();
        }
    }
}
