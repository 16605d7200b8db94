using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>Experiments, run table, run page and comparison, as someone with a browser uses them.</summary>
public sealed class RunPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private readonly List<string> _problems = [];

    private SampleRuns Sample => browser.Sample;

    [Fact]
    public async Task An_experiment_is_created_found_renamed_and_deleted()
    {
        var page = await OpenAsync("");
        await Expect(page.Locator("table")).ToContainTextAsync("ranking");
        await BrowserFixture.PictureAsync(page, "experiments-light");
        await page.GetByText("Create", new() { Exact = true }).ClickAsync();
        await page.Locator("dialog input").FillAsync("from the page");
        await Expect(page.Locator("dialog .primary")).ToBeEnabledAsync();
        await page.Locator("dialog input").PressAsync("Enter");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(page.Locator("table")).ToContainTextAsync("from the page");

        await page.Locator("input[data-filter]").FillAsync("the PAGE");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByLabel("Rename from the page").ClickAsync();
        await page.Locator("dialog input").FillAsync("Default");
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToContainTextAsync("already exists");
        await page.Locator("dialog input").FillAsync("the page's");
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("tbody")).ToContainTextAsync("the page's");
        await page.GetByLabel("Delete the page's").ClickAsync();
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        await page.Locator("select").SelectOptionAsync("Deleted");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Runs_are_sorted_filtered_and_shown_in_chosen_columns()
    {
        var page = await OpenAsync($"experiments/{Sample.Experiment}/runs");
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(3);
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync("4 runs");
        await BrowserFixture.PictureAsync(page, "runs-light");

        await page.Locator("th button", new() { HasText = "recall_at_10" }).ClickAsync();
        await Expect(page.Locator("tr.run-row .run-name a").First).ToHaveTextAsync("ranker-3");
        await page.Locator("th button", new() { HasText = "recall_at_10" }).ClickAsync();
        await Expect(page.Locator("tr.run-row .run-name a").First).ToHaveTextAsync("ranker-0");
        Assert.Contains("orderByAsc=true", page.Url, StringComparison.Ordinal);

        await page.Locator("input[data-filter]").FillAsync("params.optimizer = 'adam' AND metrics.recall_at_10 > 0.22");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(1);
        await Expect(page.Locator("tr.run-row .run-name a")).ToHaveTextAsync("ranker-3");
        await page.Locator("input[data-filter]").FillAsync("metrics.recall_at_10 >");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[role=alert]")).ToContainTextAsync("position");

        await page.Locator("input[data-filter]").FillAsync("");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tr.run-row")).ToHaveCountAsync(4);
        await page.GetByText("Columns", new() { Exact = true }).ClickAsync();
        await page.Locator("dialog label", new() { HasText = "stage" }).ClickAsync();
        await BrowserFixture.PictureAsync(page, "columns-light");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("thead")).ToContainTextAsync("stage");
        await Expect(page.Locator("tr.run-row").First).ToContainTextAsync("eval");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_table_of_many_runs_stays_fluid_to_its_end()
    {
        var page = await OpenAsync($"experiments/{Sample.ManyId}/runs?orderByKey=params.%60index%60&orderByAsc=true");
        await Expect(page.Locator("tr.run-row").First).ToBeVisibleAsync();
        var clock = Stopwatch.StartNew();
        await page.Locator("th button", new() { HasText = "loss" }).ClickAsync();
        await Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("loss");
        await Expect(page.Locator("tr.run-row td.number").First).ToHaveTextAsync("0.9999", new() { Timeout = 5000 });
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"sorted in {clock.Elapsed}");
        Assert.True(await page.Locator("tr.run-row").CountAsync() < 200, "only what is in sight is in the page");

        // The number is known before anything is scrolled to, and the end is one step away.
        await Expect(page.Locator("[role=status].total")).ToHaveTextAsync($"{SampleRuns.Many.ToString("N0", CultureInfo.InvariantCulture)} runs");
        await page.Locator(".runs-frame").EvaluateAsync("frame => frame.scrollTop = frame.scrollHeight");
        await Expect(page.Locator("tr.run-row td.number", new() { HasTextRegex = new("^0$") })).ToHaveCountAsync(1);
        await BrowserFixture.PictureAsync(page, "many-light");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Selected_runs_are_compared_in_one_chart_and_side_by_side()
    {
        var page = await OpenAsync($"experiments/{Sample.Experiment}/runs");
        foreach (var run in Sample.Runs.Take(3))
        {
            await page.GetByLabel($"Select {run.Info.RunName}", new() { Exact = true }).CheckAsync();
        }

        await page.Locator("a.primary", new() { HasText = "Compare 3" }).ClickAsync();
        var card = page.Locator(".card", new() { HasText = "train/loss" });
        await Expect(card.Locator("path[data-label]")).ToHaveCountAsync(3);
        await card.Locator("svg[data-chart]").HoverAsync();
        await Expect(page.Locator(".chart-tip")).ToContainTextAsync("ranker-1");
        await Expect(page.Locator(".chart-tip")).ToContainTextAsync("step");
        await BrowserFixture.PictureAsync(page, "compare-charts-light");
        await page.Locator(".legend button").First.ClickAsync();
        await Expect(card.Locator("path[data-label]")).ToHaveCountAsync(2);
        await page.Locator(".chart-controls select").First.SelectOptionAsync("Relative");
        await Expect(card.Locator("svg[data-chart]")).ToHaveAttributeAsync("data-x", new System.Text.RegularExpressions.Regex("Relative"));

        await page.Locator(".tabs a", new() { HasTextRegex = new("^Table") }).ClickAsync();
        await Expect(page.Locator("table.compare")).ToContainTextAsync("learning_rate");
        await Expect(page.Locator("th[scope=row]", new() { HasTextRegex = new("^seed$") })).ToHaveCountAsync(1);
        await page.GetByText("Only differences").ClickAsync();
        await Expect(page.Locator("th[scope=row]", new() { HasTextRegex = new("^seed$") })).ToHaveCountAsync(0);
        await BrowserFixture.PictureAsync(page, "compare-table-light");
        await page.Locator(".tabs a", new() { HasText = "Parallel" }).ClickAsync();
        await Expect(page.Locator("svg.chart path.series")).ToHaveCountAsync(3);
        await BrowserFixture.PictureAsync(page, "compare-parallel-light");
        await page.Locator(".tabs a", new() { HasText = "Scatter" }).ClickAsync();
        await Expect(page.Locator("svg.chart circle")).ToHaveCountAsync(3);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_run_shows_what_it_logged_and_its_description_runs_nothing()
    {
        var page = await OpenAsync(Sample.RunPage);
        await Expect(page.Locator("h1")).ToHaveTextAsync("ranker-0");
        await Expect(page.Locator(".overview")).ToContainTextAsync("ml-100k (abc123, training)");
        await Expect(page.Locator(".overview")).ToContainTextAsync("learning_rate");
        await Expect(page.Locator(".overview")).ToContainTextAsync("shop-ranker v1");
        await Expect(page.Locator(".overview")).ToContainTextAsync("ranker-3");
        await Expect(page.Locator(".markdown strong")).ToHaveTextAsync("try");
        await Expect(page.Locator(".markdown script")).ToHaveCountAsync(0);
        Assert.DoesNotContain("javascript:", await page.Locator(".markdown").InnerHTMLAsync(), StringComparison.Ordinal);
        await BrowserFixture.PictureAsync(page, "run-light");

        await page.GetByLabel("Add a tag").ClickAsync();
        await page.Locator("dialog input").First.FillAsync("reviewed");
        await page.Locator("dialog input").Nth(1).FillAsync("yes");
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator(".tags")).ToContainTextAsync("reviewed: yes");
        await page.GetByLabel("Remove tag reviewed").ClickAsync();
        await Expect(page.Locator(".tags")).Not.ToContainTextAsync("reviewed");

        await page.Locator(".tabs a", new() { HasTextRegex = new("^Metrics") }).ClickAsync();
        await Expect(page.Locator(".card")).ToHaveCountAsync(3);
        await Expect(page.Locator(".card .bars")).ToHaveCountAsync(1);
        await page.Locator(".chart-controls input[type=range]").FillAsync("0.6");
        await Expect(page.Locator(".card path.raw").First).ToBeAttachedAsync();
        await BrowserFixture.PictureAsync(page, "run-metrics-light");
        await page.Locator(".tabs a", new() { HasText = "System metrics" }).ClickAsync();
        await Expect(page.Locator(".card")).ToHaveCountAsync(1);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_metric_has_a_page_where_a_part_of_its_steps_is_looked_at_closely()
    {
        var page = await OpenAsync(Sample.RunPage + "/model-metrics");
        await page.Locator(".card h2 a", new() { HasText = "train/loss" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("train/loss");
        await Expect(page.Locator("path[data-label]")).ToHaveCountAsync(1);
        await page.GetByLabel("First step").FillAsync("100");
        await page.GetByLabel("Last step").FillAsync("150");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("svg[data-chart]")).ToHaveAttributeAsync("data-x", "100 150 linear Step");
        await page.GetByLabel("Add a metric").SelectOptionAsync("valid/ndcg");
        await Expect(page.Locator("path[data-label='ranker-0: valid/ndcg']")).ToBeAttachedAsync();
        await Expect(page.Locator("path[data-label]")).ToHaveCountAsync(2);
        var csv = await (await page.APIRequest.GetAsync($"{browser.Address}{await page.Locator(".toolbar a[download]").GetAttributeAsync("href")}")).TextAsync();
        Assert.Equal(1 + (2 * 200), csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        await page.GetByLabel("Take out valid/ndcg").ClickAsync();
        await Expect(page.Locator("path[data-label]")).ToHaveCountAsync(1);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Artifacts_are_browsed_and_each_kind_is_shown()
    {
        var page = await OpenAsync(Sample.RunPage + "/artifacts");
        await page.Locator(".tree button", new() { HasText = "notes" }).ClickAsync();
        await page.Locator(".tree a", new() { HasText = "readme.txt" }).ClickAsync();
        await Expect(page.Locator(".preview")).ToContainTextAsync("plain words");
        Assert.EndsWith("/artifacts/notes/readme.txt", page.Url, StringComparison.Ordinal);
        await BrowserFixture.GoAsync(page, Sample.RunPage + "/artifacts/notes/a%20%2Bb.md");
        await Expect(page.Locator(".preview .markdown h1")).ToHaveTextAsync("Heading");
        await page.Locator(".tree a", new() { HasText = "conf.json" }).ClickAsync();
        await Expect(page.Locator(".preview .json")).ToContainTextAsync("depth: 3");
        await page.GetByText("layers").ClickAsync();
        await Expect(page.Locator(".preview .json-leaf")).ToHaveTextAsync(["depth: 3", "0: 1", "1: 2"]);
        await page.GetByText("As text").ClickAsync();
        await Expect(page.Locator(".preview pre")).ToContainTextAsync("\"depth\": 3");
        await page.Locator(".tree a", new() { HasText = "places.geojson" }).ClickAsync();
        await Expect(page.Locator(".preview svg.map path.area")).ToHaveCountAsync(1);
        await Expect(page.Locator(".preview svg.map path.point title")).ToHaveTextAsync("name: Berlin");
        await page.Locator(".tree a", new() { HasText = "table.json" }).ClickAsync();
        await Expect(page.Locator(".preview td").First).ToHaveTextAsync("u1");
        await page.Locator(".tree a", new() { HasText = "data.csv" }).ClickAsync();
        await Expect(page.Locator(".preview td").Nth(1)).ToHaveTextAsync("a, b");
        await page.Locator(".tree a", new() { HasText = "report.html" }).ClickAsync();
        await Expect(page.FrameLocator(".preview iframe").Locator("h1")).ToHaveTextAsync("Report");
        await page.Locator(".tree button", new() { HasText = "img" }).ClickAsync();
        await page.Locator(".tree a", new() { HasText = "dot.png" }).ClickAsync();
        await Expect(page.Locator(".preview img")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await BrowserFixture.PictureAsync(page, "artifacts-light");
        await page.Locator(".tree a", new() { HasText = "model.bin" }).ClickAsync();
        await Expect(page.Locator(".preview .note")).ToContainTextAsync("not text");
        Assert.DoesNotContain("owned", await page.TitleAsync(), StringComparison.Ordinal);

        // The script of the report was stopped by its frame, which the browser notes.
        Assert.DoesNotContain(_problems, problem => !problem.Contains("sandbox", StringComparison.OrdinalIgnoreCase) && !problem.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_PDF_file_is_given_to_the_viewer_and_nothing_else_is()
    {
        var page = await OpenAsync(Sample.RunPage + "/artifacts/paper.pdf");
        var address = await page.Locator(".preview iframe").GetAttributeAsync("src");
        var answer = await page.APIRequest.GetAsync($"{browser.Address}{address}");
        Assert.Equal((200, "application/pdf", "inline"), (answer.Status, answer.Headers["content-type"], answer.Headers["content-disposition"]));
        Assert.StartsWith("%PDF-1.4", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
        Assert.Equal(400, (await page.APIRequest.GetAsync($"{browser.Address}{address!.Replace("paper.pdf", "report.html", StringComparison.Ordinal)}")).Status);
        Assert.Equal(404, (await page.APIRequest.GetAsync($"{browser.Address}{address.Replace("paper", "nothing", StringComparison.Ordinal)}")).Status);
    }

    [Fact]
    public async Task A_run_keeps_the_colour_that_was_chosen_for_it()
    {
        var run = Sample.Runs[2].Info.RunId;
        var page = await OpenAsync($"runs/{run}");
        await page.GetByLabel("Colour of the run in charts").FillAsync("#aa3366");
        await Expect(page.GetByText("Back to the usual one")).ToBeVisibleAsync();
        await BrowserFixture.GoAsync(page, Sample.CompareRunsPage);
        await Expect(page.Locator(".legend button", new() { HasText = "ranker-2" }).Locator(".swatch")).ToHaveCSSAsync("background-color", "rgb(170, 51, 102)");
        await browser.Client.DeleteTagAsync(run, "mlflow.runColor", TestContext.Current.CancellationToken);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Charts_of_the_newest_runs_stand_beside_the_table()
    {
        var page = await OpenAsync($"experiments/{Sample.Experiment}/runs?compareRunsMode=CHART");
        await Expect(page.Locator(".card", new() { HasText = "train/loss" }).Locator("path[data-label]")).ToHaveCountAsync(4);
        await Expect(page.Locator(".chart-group summary").First).ToBeVisibleAsync();
        await BrowserFixture.PictureAsync(page, "runs-charts-light");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_running_run_shows_news_by_itself()
    {
        var run = await browser.Client.CreateRunAsync(Sample.Experiment, "going on", cancellationToken: TestContext.Current.CancellationToken);
        var page = await OpenAsync($"runs/{run.Info.RunId}");
        await Expect(page.Locator(".state")).ToContainTextAsync("Running");
        await browser.Client.LogMetricAsync(run.Info.RunId, "fresh", 1.25, cancellationToken: TestContext.Current.CancellationToken);
        await Expect(page.Locator(".overview")).ToContainTextAsync("fresh", new() { Timeout = 15_000 });
        await browser.Client.DeleteRunAsync(run.Info.RunId, TestContext.Current.CancellationToken);
        Assert.Empty(_problems);
    }

    private Task<IPage> OpenAsync(string address) => browser.OpenAsync(address, _problems);
}
