using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Dashboard.ResourceService;

namespace MlKit.Aspire.Embedded.Tests.Dashboard;

/// <summary>What the AppHost's own code asks, answered as the dashboard answers.</summary>
public sealed class InteractionServiceTests : IAsyncDisposable
{
    private readonly TestHost _host = new();
    private readonly ConcurrentQueue<string> _said = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Without_a_dashboard_nobody_can_be_asked_and_that_is_said()
    {
        await _host.StartAsync();
        var service = _host.Application.Services.GetRequiredService<IInteractionService>();

        Assert.False(service.IsAvailable);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => service.PromptConfirmationAsync("Delete?", "Really?", cancellationToken: Token));
        Assert.Contains("without a dashboard", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Yes", true, false)]
    [InlineData("No", false, false)]
    [InlineData("Dismiss", false, true)]
    public async Task A_confirmation_is_what_its_button_says(string button, bool data, bool isCanceled)
    {
        var asked = (await ServiceAsync()).PromptConfirmationAsync("Delete the index?", "It is built anew.", cancellationToken: Token);

        var question = await QuestionAsync();
        Assert.Equal("Question", question.Snapshot.ResourceType);
        Assert.Equal("It is built anew.", question.Snapshot.Properties.Single(p => p.Name == "Message").Value);
        await PressAsync(question, button);

        var result = await asked;
        Assert.Equal((data, isCanceled), (result.Data, result.Canceled));
        Assert.Contains(_said, line => line.Contains("'Delete the index?' waits for an answer", StringComparison.Ordinal));
        await _host.States.WaitForResourceAsync(question.ResourceId, e => e.Snapshot.IsHidden, Token).WaitAsync(TestHost.Deadline, Token);
    }

    [Fact]
    public async Task A_message_box_has_the_buttons_that_were_asked_for()
    {
        var asked = (await ServiceAsync()).PromptMessageBoxAsync(
            "Done", "All is well.", new MessageBoxInteractionOptions { PrimaryButtonText = "Fine", SecondaryButtonText = "More", ShowSecondaryButton = true, ShowDismiss = false, Intent = MessageIntent.Success }, Token);

        var question = await QuestionAsync();
        Assert.Equal(["Fine", "More"], question.Snapshot.Commands.Select(c => c.DisplayName));
        Assert.Equal(KnownResourceStateStyles.Success, question.Snapshot.State?.Style);
        await PressAsync(question, "More");

        Assert.False((await asked).Data);
    }

    [Fact]
    public async Task A_notification_has_its_link_and_goes_when_it_is_dismissed()
    {
        var asked = (await ServiceAsync()).PromptNotificationAsync("New version", "17.1 is out.", new NotificationInteractionOptions { LinkText = "Read", LinkUrl = "https://example.com/" }, Token);

        var question = await QuestionAsync();
        Assert.Equal(("https://example.com/", "Read"), (Assert.Single(question.Snapshot.Urls).Url, question.Snapshot.Urls[0].DisplayProperties.DisplayName));
        await PressAsync(question, Assert.Single(question.Snapshot.Commands).DisplayName);

        Assert.True((await asked).Canceled);
    }

    [Fact]
    public async Task Inputs_are_checked_until_they_are_right_and_have_the_values_then()
    {
        var name = new InteractionInput { Name = "name", InputType = InputType.Text, Required = true };
        var size = new InteractionInput { Name = "size", InputType = InputType.Number, Value = "1" };
        var asked = (await ServiceAsync()).PromptInputsAsync("New model", "Say what it is.", [name, size], new InputsDialogInteractionOptions
        {
            ValidationCallback = context =>
            {
                if (context.Inputs.GetInt32("size") > 9)
                {
                    context.AddValidationError("size", "is too large");
                }

                return Task.CompletedTask;
            },
        }, Token);
        var question = await QuestionAsync();
        var arguments = new CommandArguments(_host.States, _host.Application.Services);
        async Task<IReadOnlyDictionary<string, string>> EnterAsync(string name, string size)
        {
            var request = new ExecuteCommandRequest { ResourceId = question.ResourceId, CommandName = "answer-0", Arguments = { ["name"] = name, ["size"] = size } };
            var (inputs, problems) = await arguments.ReadAsync(request, Token);
            if (problems.Count == 0)
            {
                Assert.True((await _host.Application.ResourceCommands.ExecuteCommandAsync(question.ResourceId, "answer-0", inputs, Token)).Success);
            }

            return problems;
        }

        Assert.Equal("a value is required", (await EnterAsync("", "3"))["name"]);
        Assert.Equal("is too large", (await EnterAsync("ranker", "12"))["size"]);
        Assert.False(asked.IsCompleted);
        Assert.Empty(await EnterAsync("ranker", "3"));

        var result = await asked;
        Assert.False(result.Canceled);
        Assert.Equal(("ranker", 3), (result.Data.GetString("name"), result.Data.GetInt32("size")));
        Assert.Equal("ranker", name.Value);
    }

    [Fact]
    public async Task One_input_is_a_dialog_of_one_field()
    {
        var asked = (await ServiceAsync()).PromptInputAsync("Key", null, "API key", "sk-...", cancellationToken: Token);
        var question = await QuestionAsync();
        var field = Assert.Single(question.Snapshot.Commands[0].Arguments);
        Assert.Equal(("API key", "sk-..."), (field.Name, field.Placeholder));

        await PressAsync(question, "Cancel");

        Assert.True((await asked).Canceled);
    }

    [Fact]
    public async Task A_question_that_is_taken_back_disappears()
    {
        using var back = new CancellationTokenSource();
        var asked = (await ServiceAsync()).PromptConfirmationAsync("Go on?", "", cancellationToken: back.Token);
        var question = await QuestionAsync();

        await back.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await _host.States.WaitForResourceAsync(question.ResourceId, e => e.Snapshot.IsHidden, Token).WaitAsync(TestHost.Deadline, Token);
    }

    private async Task<IInteractionService> ServiceAsync()
    {
        await _host.StartAsync();
        return new InteractionService(_host.States, _host.Application.Services, () => true, _said.Enqueue, CancellationToken.None);
    }

    private async Task<ResourceEvent> QuestionAsync()
    {
        await foreach (var change in _host.States.WatchAsync(Token))
        {
            if (change.Snapshot.ResourceType == "Question")
            {
                return change;
            }
        }

        throw new InvalidOperationException("the host ended");
    }

    private async Task PressAsync(ResourceEvent question, string button)
    {
        var command = question.Snapshot.Commands.Single(c => c.DisplayName == button);
        Assert.True((await _host.Application.ResourceCommands.ExecuteCommandAsync(question.ResourceId, command.Name, Token)).Success);
    }
}
