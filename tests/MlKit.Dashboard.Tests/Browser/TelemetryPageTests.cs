using MlKit.Dashboard.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Dashboard.Tests.Browser;

[Collection(nameof(BrowserCollection))]
public sealed class TelemetryPageTests(BrowserSetting setting)
{
    private static int _nextLine = 400;

    [Fact]
    public async Task The_console_follows_new_lines_with_colours()
    {
        var page = await setting.LoginAsync("consolelogs/scorer");
        await Expect(page.GetByText("handled request 398 in")).ToBeVisibleAsync();
        var next = Interlocked.Add(ref _nextLine, 10) - 9;
        setting.Host.Write(Sample.Lines("scorer-abcdefgh", 10, from: next));
        await Expect(page.GetByText($"handled request {next} in")).ToBeVisibleAsync();
        await Expect(page.Locator(".fg-green").First).ToHaveCSSAsync("color", "rgb(127, 209, 127)");
        await BrowserSetting.PictureAsync(page, "console-light");
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Structured logs");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task One_stream_holds_the_lines_of_all_resources_and_can_be_searched_and_downloaded()
    {
        var page = await setting.LoginAsync("consolelogs");
        await Expect(page.Locator(".line .source", new() { HasText = "mlflow" }).First).ToBeVisibleAsync();
        await Expect(page.Locator(".line .source", new() { HasText = "scorer" }).First).ToBeVisibleAsync();
        await page.GetByLabel("Search lines").FillAsync("Cache of feast-abcdefgh is cold (33)");
        await Expect(page.Locator(".line")).ToHaveCountAsync(1);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByLabel("Download these lines").ClickAsync());
        var text = await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
        Assert.Equal("[feast] warn: Cache of feast-abcdefgh is cold (33)", text.TrimEnd()[(text.IndexOf(' ') + 1)..]);
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_log_entry_leads_to_its_trace_and_a_span_to_its_logs_and_model()
    {
        var page = await setting.LoginAsync("structuredlogs");
        await page.GetByText("Model store did not answer").ClickAsync();
        await Expect(page.Locator(".pane")).ToContainTextAsync("TimeoutException");
        await BrowserSetting.PictureAsync(page, "structured-logs-light");
        await page.GetByText("Show in its trace").ClickAsync();
        await Expect(page.Locator(".fall-row")).ToHaveCountAsync(5);
        foreach (var service in new[] { "recommendations", "feast", "scorer" })
        {
            await Expect(page.Locator(".fall-row .service", new() { HasText = service }).First).ToBeVisibleAsync();
        }

        await Expect(page.Locator(".pane")).ToContainTextAsync("Model store did not answer");
        await Expect(page.Locator("[data-model]")).ToHaveAttributeAsync("href", "http://localhost:5000/#/models/recommender-ranker/versions/7");
        await Expect(page.Locator("[data-training-run]")).ToHaveTextAsync("run a1b2c3");
        await BrowserSetting.PictureAsync(page, "trace-light");
        await page.GetByText("Show in structured logs").ClickAsync();
        await Expect(page.Locator("table.logs tbody tr.error")).ToHaveCountAsync(1);
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task Logs_are_filtered_by_an_attribute()
    {
        var page = await setting.LoginAsync("structuredlogs");
        await page.GetByText("Add filter").ClickAsync();
        await page.GetByLabel("Field", new() { Exact = true }).FillAsync("UserId");
        await page.GetByLabel("Condition").SelectOptionAsync("Greater");
        await page.GetByLabel("Value", new() { Exact = true }).FillAsync("109");
        await page.Locator(".filter-form button[type=submit]").ClickAsync();
        await Expect(page.Locator(".total")).ToHaveTextAsync("3 entries");
        await page.Locator(".chip", new() { HasText = "UserId" }).ClickAsync();
        await Expect(page.Locator(".total")).ToHaveTextAsync("14 entries");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task Traces_are_filtered_by_errors_and_two_are_compared()
    {
        var page = await setting.LoginAsync("traces");
        await Expect(page.Locator(".total")).ToHaveTextAsync("12 traces");
        await BrowserSetting.PictureAsync(page, "traces-light");
        await page.GetByLabel("Errors only").CheckAsync();
        await Expect(page.Locator(".total")).ToHaveTextAsync("1 trace");
        await page.Locator("td.compare button").ClickAsync();
        await page.GetByLabel("Errors only").UncheckAsync();
        await page.Locator("td.compare a").Last.ClickAsync();
        await Expect(page.Locator(".fall-row.compared")).ToHaveCountAsync(5);
        await Expect(page.Locator(".fall-row.compared .number").First).ToHaveTextAsync("−11 ms");
        await Expect(page.Locator(".fall-bar.error")).ToHaveCountAsync(1);
        await BrowserSetting.PictureAsync(page, "trace-compare-light");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_histogram_becomes_a_chart_with_percentiles_filters_and_a_table()
    {
        var page = await setting.LoginAsync("metrics?resource=scorer");
        await page.GetByText("scorer.infer.duration").First.ClickAsync();
        await Expect(page.Locator(".legend")).ToContainTextAsync("p99");
        await Expect(page.Locator("svg.chart path.series")).ToHaveCountAsync(3);
        await BrowserSetting.PictureAsync(page, "metrics-light");
        var dimension = page.Locator(".filters .chip", new() { HasText = "model.name" });
        await Expect(dimension).ToContainTextAsync("all");
        await dimension.ClickAsync();
        await page.Locator(".choices:popover-open").GetByLabel("recommender-ranker").CheckAsync();
        await Expect(dimension).ToContainTextAsync("recommender-ranker");
        await page.Locator(".choices:popover-open").GetByLabel("recommender-retrieval").CheckAsync();
        await Expect(dimension).ToContainTextAsync("2 of 2");
        await BrowserSetting.PictureAsync(page, "metrics-choices-light");
        await page.GetByText("All values").ClickAsync();
        await Expect(dimension).ToContainTextAsync("all");
        await Expect(page.Locator("svg.chart path.series")).ToHaveCountAsync(3);
        await page.GetByLabel("show").SelectOptionAsync("count");
        await Expect(page.Locator(".legend")).ToContainTextAsync("/s");
        await page.GetByLabel("show").SelectOptionAsync("");
        await page.GetByLabel("Table").CheckAsync();
        await Expect(page.Locator("th", new() { HasText = "p90" })).ToBeVisibleAsync();
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_past_run_can_be_looked_at_and_compared()
    {
        var page = await setting.LoginAsync("structuredlogs");
        await page.GetByLabel("Run", new() { Exact = true }).SelectOptionAsync(BrowserSetting.PastRun);
        await Expect(page.Locator(".past-run")).ToBeVisibleAsync();
        await BrowserSetting.LiveAsync(page);
        Assert.Contains($"/run/{BrowserSetting.PastRun}/structuredlogs", page.Url);
        await Expect(page.Locator(".total")).ToHaveTextAsync("14 entries");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("tr[data-resource=scorer]")).ToContainTextAsync("Running (Unhealthy)");
        await Expect(page.Locator("tr[data-resource=scorer] fluent-button")).ToHaveCountAsync(0);
        await BrowserSetting.PictureAsync(page, "past-run-light");
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByText("handled request 398 in").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("h");
        await page.GetByText("Compare A with B").ClickAsync();
        await Expect(page.Locator(".comparison")).ToContainTextAsync("GET /recommendations/{userId}");
        await BrowserSetting.PictureAsync(page, "runs-light");
        await page.GetByText("Back to this run").ClickAsync();
        await Expect(page.Locator(".past-run")).ToHaveCountAsync(0);
        Assert.Empty(setting.Problems);
    }
}
