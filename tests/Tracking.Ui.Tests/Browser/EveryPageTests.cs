using System.Net;
using System.Net.WebSockets;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>What holds for every page: MLflow's addresses, narrow screens, dark colours, no barriers, the server's guards.</summary>
public sealed class EveryPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private readonly List<string> _problems = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private (string Name, string Address)[] Pages =>
    [
        ("experiments", ""), ("runs", $"experiments/{browser.Sample.Experiment}/runs"),
        ("charts", $"experiments/{browser.Sample.Experiment}/runs?compareRunsMode=CHART"),
        ("run", browser.Sample.RunPage), ("metrics", browser.Sample.RunPage + "/model-metrics"),
        ("artifacts", browser.Sample.RunPage + "/artifacts/conf.json"), ("compare", browser.Sample.CompareRunsPage),
        ("compare-table", browser.Sample.CompareRunsPage + "&view=table"), ("scatter", browser.Sample.CompareRunsPage + "&view=scatter"),
        ("parallel", browser.Sample.CompareRunsPage + "&view=parallel"),
        ("metric", $"metric?metric=train%2Floss&runs=[\"{browser.Sample.First.Info.RunId}\"]"),
        ("models", "models"), ("model", "models/shop-ranker"), ("version", "models/shop-ranker/versions/1"),
        ("logged-models", $"experiments/{browser.Sample.Experiment}/models"),
        ("logged-model", $"experiments/{browser.Sample.Experiment}/models/{browser.Sample.Model.Info.ModelId}"), ("help", "help"),
        ("traces", $"experiments/{browser.Sample.Experiment}/traces"),
        ("tables", $"experiments/{browser.Sample.Experiment}/runs?compareRunsMode=ARTIFACT&table=table.json"),
        ("map", browser.Sample.RunPage + "/artifacts/places.geojson"),
    ];

    [Fact]
    public async Task Addresses_of_the_official_UI_open_the_same_things_here()
    {
        var (experiment, run) = (browser.Sample.Experiment, browser.Sample.First.Info.RunId);
        var page = await browser.OpenAsync("", _problems);
        foreach (var (address, heading) in new Dictionary<string, string>
        {
            [$"/#/experiments/{experiment}"] = "ranking",
            [$"/#/experiments/{experiment}/overview"] = "ranking",
            [$"/#/experiments/{experiment}/runs?searchFilter=metrics.recall_at_10%20%3E%200.22&orderByKey=metrics.%60recall_at_10%60&orderByAsc=false"] = "ranking",
            [$"/#/experiments/{experiment}/runs/{run}"] = "ranker-0",
            [$"/#/experiments/{experiment}/runs/{run}/artifacts/notes/readme.txt"] = "ranker-0",
            [$"/#/experiments/{experiment}/models"] = "Logged models",
            [$"/#/compare-runs?runs=[\"{run}\"]&experiments=[\"{experiment}\"]"] = "Compare 1 run",
            [$"/#/compare-experiments/s?experiments=[\"0\",\"{experiment}\"]"] = "Runs of 2 experiments",
            [$"/#/metric/train%2Floss?runs=[\"{run}\"]&metric=\"train%2Floss\"&experiments=[\"{experiment}\"]"] = "train/loss",
            ["/#/models"] = "Models",
            ["/#/models/shop-ranker"] = "shop-ranker",
            ["/#/models/shop-ranker/versions/2"] = "shop-ranker version 2",
            ["/#/compare-model-versions?name=\"shop-ranker\"&runs={\"1\":\"x\",\"2\":\"y\"}"] = "Compare versions of shop-ranker",
        })
        {
            await page.GotoAsync("about:blank");
            await BrowserFixture.GoAsync(page, address);
            await Expect(page.Locator("h1")).ToHaveTextAsync(heading);
            Assert.DoesNotContain("#", page.Url, StringComparison.Ordinal);
        }

        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("experiments/987654", "Experiment not found")]
    [InlineData("experiments/0/runs/00000000000000000000000000000000", "Run not found")]
    [InlineData("models/nothing", "Model not found")]
    [InlineData("models/nothing/versions/1", "Version not found")]
    [InlineData("experiments/0/models/m-00000000000000000000000000000000", "Model not found")]
    public async Task What_does_not_exist_is_said_so(string address, string heading)
    {
        var page = await browser.OpenAsync(address, _problems);
        await Expect(page.Locator("h1")).ToHaveTextAsync(heading);
        await Expect(page.Locator(".empty")).ToBeVisibleAsync();
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Every_page_fits_a_screen_of_390_pixels()
    {
        var page = await browser.OpenAsync("", _problems, width: 390);
        foreach (var (name, address) in Pages)
        {
            await BrowserFixture.GoAsync(page, address);
            await BrowserFixture.PictureAsync(page, $"narrow-{name}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 390"), $"{address} is wider than the screen");
        }

        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_page_has_a_barrier(ColorScheme scheme)
    {
        var barriers = new List<string>();
        var page = await browser.OpenAsync("", _problems, scheme: scheme);
        foreach (var (name, address) in Pages)
        {
            await BrowserFixture.GoAsync(page, address);
            await BrowserFixture.PictureAsync(page, $"{name}-{scheme}");
            var result = await page.RunAxe();
            barriers.AddRange(result.Violations.Select(violation =>
                $"{address}: {violation.Id} ({violation.Impact}): {violation.Help} at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}"));
        }

        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
    }

    [Fact]
    public async Task Dark_mode_follows_the_system_and_then_the_button()
    {
        var page = await browser.OpenAsync("", _problems, scheme: ColorScheme.Dark);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.Locator("[data-theme-switch]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await BrowserFixture.GoAsync(page, "models");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task Keys_lead_through_the_pages()
    {
        var page = await browser.OpenAsync("", _problems);
        await page.Keyboard.PressAsync("m");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Models");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("input[data-filter]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("e");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Models");
        await page.Keyboard.PressAsync("Backspace");
        await page.Locator("h1").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Help");
        await page.Keyboard.PressAsync("e");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Experiments");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_CSV_holds_every_run_of_the_table_and_no_formula()
    {
        var run = await browser.Client.CreateRunAsync("0", "=HYPERLINK(1)", cancellationToken: Stop);
        await browser.Client.LogBatchAsync(
            run.Info.RunId, [new Mlflow.Metric("loss", -0.5, 1000)], [new Mlflow.Param("text", "a, \"b\"")], cancellationToken: Stop);
        using var http = new HttpClient { BaseAddress = browser.Address };
        var lines = (await http.GetStringAsync("ui/runs.csv?experiments=0", Stop)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("run_id,name,experiment_id,status,start_time,end_time,user,metrics.loss,params.text", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("'=HYPERLINK(1)", StringComparison.Ordinal) && line.Contains("-0.5,\"a, \"\"b\"\"\"", StringComparison.Ordinal));
        var many = await http.GetStringAsync($"ui/runs.csv?experiments={browser.Sample.ManyId}", Stop);
        Assert.Equal(SampleRuns.Many + 1, many.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        using var wrong = await http.GetAsync("ui/runs.csv?experiments=0&filter=nonsense", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_sites_cannot_open_the_pages_channel()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        var address = new UriBuilder(browser.Address) { Scheme = "ws", Path = "/_blazor", Query = "id=x" }.Uri;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, Stop));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode is 0 ? await StatusAsync() : socket.HttpStatusCode);
    }

    private async Task<HttpStatusCode> StatusAsync()
    {
        var answer = await RawHttp.SendAsync(
            browser.Address, "GET", "/_blazor?id=x",
            new Dictionary<string, string>
            {
                ["Origin"] = "https://evil.example",
                ["Connection"] = "Upgrade",
                ["Upgrade"] = "websocket",
                ["Sec-WebSocket-Version"] = "13",
                ["Sec-WebSocket-Key"] = "AAAAAAAAAAAAAAAAAAAAAA==",
            },
            null, Stop);
        return (HttpStatusCode)answer.Status;
    }
}
