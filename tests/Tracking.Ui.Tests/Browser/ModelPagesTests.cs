using static Microsoft.Playwright.Assertions;

namespace MlKit.Tests.Browser;

/// <summary>Registered models and logged models in the browser.</summary>
public sealed class ModelPagesTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private readonly List<string> _problems = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alias_moves_only_after_the_page_said_what_that_means()
    {
        var page = await browser.OpenAsync("models", _problems);
        await Expect(page.Locator("table")).ToContainTextAsync("@champion → 1");
        await BrowserFixture.PictureAsync(page, "models-light");
        await page.GetByText("shop-ranker", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Give version 2 an alias").ClickAsync();
        await page.Locator("dialog input").FillAsync("champion");
        await Expect(page.Locator("dialog [role=status]")).ToContainTextAsync("moves champion from version 1 to version 2");
        await BrowserFixture.PictureAsync(page, "alias-light");
        Assert.Equal("1", await HolderAsync());
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);
        Assert.Equal("1", await HolderAsync());

        await page.GetByLabel("Give version 2 an alias").ClickAsync();
        await page.Locator("dialog input").FillAsync("champion");
        await page.Locator("dialog .primary", new() { HasText = "Move" }).ClickAsync();
        await Expect(page.Locator("tr[data-version='2']")).ToContainTextAsync("@champion");
        Assert.Equal("2", await HolderAsync());

        await page.GetByLabel("Give version 2 an alias").ClickAsync();
        await page.Locator("dialog input").FillAsync("v1");
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("dialog [role=alert]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await browser.Client.SetAliasAsync("shop-ranker", "champion", "1", Stop);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_version_shows_its_schema_and_leads_to_run_and_data_set()
    {
        var page = await browser.OpenAsync("models/shop-ranker/versions/1", _problems);
        await Expect(page.Locator(".lineage")).ToContainTextAsync("ml-100k (abc123, training)");
        await Expect(page.Locator(".lineage")).ToContainTextAsync("ranker-0");
        await Expect(page.Locator("table", new() { HasText = "Inputs" })).ToContainTextAsync("tensor of float32 [-1, 4]", new() { IgnoreCase = true });
        await Expect(page.Locator(".code-block")).ToContainTextAsync("mlflow.onnx.load_model(\"models:/shop-ranker/1\")");
        await BrowserFixture.PictureAsync(page, "version-light");
        await page.Locator(".lineage a", new() { HasText = "ranker-0" }).ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("ranker-0");
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_logged_model_is_found_looked_at_and_registered()
    {
        var page = await browser.OpenAsync($"experiments/{browser.Sample.Experiment}/models", _problems);
        await page.Locator("td.name a", new() { HasText = "ranker" }).ClickAsync();
        await Expect(page.Locator(".overview")).ToContainTextAsync("shop-ranker v1");
        await page.Locator(".tabs a", new() { HasText = "Artifacts" }).ClickAsync();
        await page.Locator(".tree a", new() { HasText = "MLmodel" }).ClickAsync();
        await Expect(page.Locator(".preview")).ToContainTextAsync("features");
        await page.GetByText("Register", new() { Exact = true }).ClickAsync();
        await page.Locator("dialog input").FillAsync("from-page");
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("from-page version 1");
        await browser.Client.DeleteRegisteredModelAsync("from-page", Stop);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task A_version_moves_to_another_stage_and_archives_the_one_there()
    {
        await browser.Client.TransitionModelVersionStageAsync("shop-ranker", "1", "Production", cancellationToken: Stop);
        var page = await browser.OpenAsync("models/shop-ranker/versions/2", _problems);
        await page.GetByLabel("Change the stage").ClickAsync();
        await page.Locator("dialog select").SelectOptionAsync("Production");
        await page.Locator("dialog input[type=checkbox]").CheckAsync();
        await page.Locator("dialog .primary").ClickAsync();
        await Expect(page.Locator(".facts").First).ToContainTextAsync("Production");
        Assert.Equal("Archived", (await browser.Client.GetModelVersionAsync("shop-ranker", "1", Stop))?.CurrentStage);
        Assert.Empty(_problems);
    }

    [Fact]
    public async Task Versions_are_compared()
    {
        var page = await browser.OpenAsync("models/shop-ranker", _problems);
        await page.GetByLabel("Select version 1").CheckAsync();
        await page.GetByLabel("Select version 2").CheckAsync();
        await page.Locator("a.primary").ClickAsync();
        await Expect(page.Locator("table.compare").First).ToContainTextAsync("the first");
        Assert.Empty(_problems);
    }

    private async Task<string?> HolderAsync() =>
        (await browser.Client.GetModelVersionByAliasAsync("shop-ranker", "champion", Stop))?.Version;
}
