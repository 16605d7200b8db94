using MlKit.Dashboard.ResourceService;
using MlKit.Dashboard.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace MlKit.Dashboard.Tests.Browser;

[Collection(nameof(BrowserCollection))]
public sealed class ResourcePageTests(BrowserSetting setting)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_visitor_logs_in_and_stops_and_starts_a_resource()
    {
        var page = await setting.LoginAsync();
        await Expect(page.Locator("tr[data-resource]")).ToHaveCountAsync(7);
        await Expect(page.Locator("tr[data-resource=scorer]")).ToContainTextAsync("Running (Unhealthy)");
        await Expect(page.Locator("tr[data-resource=scorer] .badge.error")).ToHaveTextAsync("1");
        await BrowserSetting.PictureAsync(page, "resources-light");

        await page.Locator("tr[data-resource=redis] fluent-button[title=Stop]").ClickAsync();
        await CommandAsync("stop", "redis-abcdefgh");
        setting.Host.Update(Sample.Stopped("redis"));
        await Expect(page.Locator("tr[data-resource=redis]")).ToContainTextAsync("Exited");
        await page.Locator("tr[data-resource=redis] fluent-button[title=Start]").ClickAsync();
        await CommandAsync("start", "redis-abcdefgh");
        setting.Host.Update(Sample.Running("redis", "Executable", "tcp://localhost:6379"));
        await Expect(page.Locator("tr[data-resource=redis]")).ToContainTextAsync("Running");
        Assert.True(setting.Process.StartedIn < TimeSpan.FromSeconds(10), $"started in {setting.Process.StartedIn}");
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task The_details_show_health_model_and_masked_environment()
    {
        var page = await setting.LoginAsync();
        await page.Locator("tr[data-resource=scorer] button.link").ClickAsync();
        var pane = page.Locator(".pane");
        await Expect(pane).ToContainTextAsync("no champion model yet");
        await Expect(pane).ToContainTextAsync("hidden");
        await Expect(pane.GetByText("version 7")).ToHaveAttributeAsync("href", "http://localhost:5000/#/models/recommender-ranker/versions/7");
        await Expect(pane).ToContainTextAsync("none seen: running on the CPU");
        await BrowserSetting.PictureAsync(page, "resource-details-light");
        Assert.DoesNotContain(Sample.Secret, await page.ContentAsync());
        await page.Keyboard.PressAsync("Escape");
        await Expect(pane).ToHaveCountAsync(0);
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task The_graph_shows_references_and_live_states()
    {
        var page = await setting.LoginAsync();
        await page.Keyboard.PressAsync("g");
        await Expect(page.Locator("[data-node]")).ToHaveCountAsync(7);
        await Expect(page.Locator("[data-edge='recommendations>scorer']")).ToHaveCountAsync(1);
        await Expect(page.Locator("[data-node=scorer]")).ToContainTextAsync("Running (Unhealthy)");
        await BrowserSetting.PictureAsync(page, "graph-light");

        setting.Host.Update(Sample.Stopped("mlflow"));
        await Expect(page.Locator("[data-node=mlflow]")).ToContainTextAsync("Exited");
        setting.Host.Update(Sample.Running("mlflow", "Executable", "http://localhost:5000"));
        await page.Locator("[data-node=feast]").ClickAsync();
        await Expect(page.Locator(".pane h2")).ToHaveTextAsync("feast");
        await Expect(page.Locator(".edge.near")).ToHaveCountAsync(3);
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_custom_command_runs_after_its_confirmation()
    {
        var page = await setting.LoginAsync();
        await page.Locator("tr[data-resource=scorer] [popovertarget]").ClickAsync();
        await page.Locator(".menu:popover-open").GetByText("Reload models").ClickAsync();
        await Expect(page.GetByText("Load all models anew?")).ToBeVisibleAsync();
        await BrowserSetting.PictureAsync(page, "confirmation-light");
        await page.Locator("fluent-dialog fluent-button", new() { HasText = "Reload models" }).ClickAsync();
        await CommandAsync("reload", "scorer-abcdefgh");
        await Expect(page.GetByText("reload was done")).ToBeVisibleAsync();
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_command_asks_for_its_inputs_says_what_is_wrong_and_shows_its_result()
    {
        setting.Host.Answer = request => request.CommandName != "export" ? null
            : request.Arguments["opset"] == "17" ? new ExecuteCommandResponse { Kind = "Invalid", Problems = { ["opset"] = "must be 18 or more" } }
            : new ExecuteCommandResponse { Kind = "Succeeded", Message = "exported", Value = $$"""{"opset":{{request.Arguments["opset"]}},"target":"{{request.Arguments["target"]}}"}""", Format = "Json" };
        var page = await setting.LoginAsync("?resource=scorer");
        await page.Locator(".pane fluent-button", new() { HasText = "Export model" }).ClickAsync();
        var dialog = page.Locator("dialog[open]");
        await dialog.GetByLabel("Target").SelectOptionAsync("gpu");
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(dialog).ToContainTextAsync("must be 18 or more");
        await BrowserSetting.PictureAsync(page, "command-inputs-light");
        await dialog.GetByLabel("Opset").FillAsync("21");
        await dialog.Locator("button[type=submit]").ClickAsync();
        await Expect(page.Locator("dialog[open] pre")).ToContainTextAsync("\"opset\": 21");
        await Expect(page.Locator("dialog[open] pre")).ToContainTextAsync("\"target\": \"gpu\"");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        setting.Host.Answer = _ => null;
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_result_in_Markdown_is_rendered_without_what_could_do_harm()
    {
        setting.Host.Answer = request => request.CommandName != "export" ? null
            : new ExecuteCommandResponse { Kind = "Succeeded", Message = "exported", Value = "## Layers\n\n| name | size |\n|---|---|\n| dense | 64 |\n\n<img src=x onerror=alert(1)> [more](javascript:alert(1))", Format = "Markdown" };
        var page = await setting.LoginAsync("?resource=scorer");
        await page.Locator(".pane fluent-button", new() { HasText = "Export model" }).ClickAsync();
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        var result = page.Locator("dialog[open] .markdown");
        await Expect(result.Locator("td").First).ToHaveTextAsync("dense");
        await Expect(result.Locator("img")).ToHaveCountAsync(0);
        await Expect(result.Locator("a")).ToHaveCountAsync(0);
        await BrowserSetting.PictureAsync(page, "command-markdown-light");
        await AppearanceTests.AssertAccessibleAsync(page, "result in Markdown");
        await page.Keyboard.PressAsync("Escape");
        setting.Host.Answer = _ => null;
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_parameter_without_a_value_is_asked_for()
    {
        var page = await setting.LoginAsync();
        await page.Locator(".note .chip", new() { HasText = "api-key" }).ClickAsync();
        await page.Locator("dialog[open] input[type=password]").FillAsync("a-secret-value");
        await page.Locator("dialog[open] button[type=submit]").ClickAsync();
        var request = await CommandAsync("parameter-set", "api-key");
        Assert.Equal("a-secret-value", request.Arguments["value"]);
        setting.Host.Update(Sample.Given("api-key"));
        await Expect(page.Locator(".note")).ToHaveCountAsync(0);
        Assert.DoesNotContain("a-secret-value", await page.ContentAsync());
        Assert.DoesNotContain("a-secret-value", page.Url);
        await Eventually.True(() => Task.FromResult(setting.Process.Output.Contains("Command parameter-set on api-key", StringComparison.Ordinal)), Soon, "the command is in the log");
        Assert.DoesNotContain("a-secret-value", setting.Process.Output);
        setting.Host.Update(Sample.Missing("api-key"));
        Assert.Empty(setting.Problems);
    }

    [Fact]
    public async Task A_question_of_the_AppHost_is_answered_with_choices_that_follow_what_was_entered()
    {
        const string Name = "question-which-model-abcdef";
        CommandInput[] Fields(string model, params string[] versions) =>
        [
            new() { Name = "model", Type = "Text", Label = "Model", Value = model },
            new() { Name = "version", Type = "Choice", Label = "Version", IsDynamic = true, Choices = { versions.Select(v => new CommandChoice { Value = v, Label = v }) } },
        ];
        setting.Host.Inputs = request => new LoadInputsResponse
        {
            Inputs = { request.Arguments.TryGetValue("model", out var model) && model == "ranker" ? Fields(model, "ranker 1", "ranker 2") : Fields("", "none") },
        };
        var question = new Resource { Id = Name, Name = Name, Type = "Question", State = "Waiting for an answer", StateStyle = "info" };
        question.Commands.Add(new Command { Name = "answer-0", DisplayName = "Answer", DisplayDescription = "Which one serves?", State = "Enabled", IsHighlighted = true, Inputs = { Fields("") } });
        setting.Host.Update(question);
        var page = await setting.LoginAsync($"?resource={Name}");
        await page.Locator(".pane fluent-button", new() { HasText = "Answer" }).ClickAsync();

        var dialog = page.Locator("dialog[open]");
        await Expect(dialog).ToContainTextAsync("Which one serves?");
        await Expect(dialog.GetByLabel("Version").Locator("option")).ToContainTextAsync(["none"]);
        await dialog.GetByLabel("Model").FillAsync("ranker");
        await dialog.GetByLabel("Model").BlurAsync();
        await Expect(dialog.GetByLabel("Version").Locator("option")).ToContainTextAsync(["ranker 1", "ranker 2"]);
        await dialog.GetByLabel("Version").SelectOptionAsync("ranker 2");
        await dialog.Locator("button[type=submit]").ClickAsync();

        Assert.Equal("ranker 2", (await CommandAsync("answer-0", Name)).Arguments["version"]);
        question.IsHidden = true;
        setting.Host.Update(question);
        setting.Host.Inputs = _ => new LoadInputsResponse();
        Assert.Empty(setting.Problems);
    }

    private Task<ExecuteCommandRequest> CommandAsync(string command, string resource) => Eventually.NotNull(
        () =>
        {
            lock (setting.Host.Commands)
            {
                return Task.FromResult(setting.Host.Commands.LastOrDefault() is { } last && last.CommandName == command && last.ResourceId == resource ? last : null);
            }
        },
        Soon, $"the host got {command} for {resource}");
}
