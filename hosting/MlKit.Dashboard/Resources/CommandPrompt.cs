using Microsoft.FluentUI.AspNetCore.Components;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Resources;

/// <summary>Runs commands for one visitor: asks where the command wants it, shows that it runs and how it ended.</summary>
internal sealed class CommandPrompt(CommandRunner runner, IDialogService dialogs, INotificationService notifications, TimeProvider time)
{
    private readonly List<RunningCommand> _running = [];

    /// <summary>Raised when a command asks, begins or ends.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>What runs now.</summary>
    public IReadOnlyList<RunningCommand> Running => _running;

    /// <summary>What is asked now; null for nothing.</summary>
    public CommandQuestion? Question { get; private set; }

    /// <summary>What a command produced and its visitor has not closed yet; null for nothing.</summary>
    public (string Title, CommandOutcome Outcome)? Result { get; private set; }

    /// <summary>True while the command runs.</summary>
    public bool IsRunning(string resourceId, string command) => _running.Exists(running => running.ResourceId == resourceId && running.Name == command);

    /// <summary>Asks for what the command needs, or for a confirmation, and runs it.</summary>
    public async Task RunAsync(ResourceSnapshot resource, ResourceCommand command)
    {
        if (!command.IsEnabled || IsRunning(resource.Id, command.Name))
        {
            return;
        }

        if (command.Inputs.Count > 0)
        {
            Question = new CommandQuestion(resource, await runner.LoadInputsAsync(resource, command, new Dictionary<string, string>(), CancellationToken.None));
            Changes.Raise();
        }
        else if (await ConfirmAsync(resource, command))
        {
            await ExecuteAsync(resource, command, null);
        }
    }

    /// <summary>Something was entered: choices may depend on it.</summary>
    public async Task EnterAsync(CommandQuestion question, string input, string value)
    {
        question.Values[input] = value;
        question.Command = await runner.LoadInputsAsync(question.Resource, question.Command, question.Values, CancellationToken.None);
    }

    /// <summary>Runs the command with what was entered. What the host does not take is asked for again.</summary>
    public async Task AnswerAsync(CommandQuestion question)
    {
        Question = null;
        var outcome = await ExecuteAsync(question.Resource, question.Command, question.Values);
        if (outcome.Problems.Count > 0)
        {
            question.Problems = outcome.Problems;
            Question = question;
            Changes.Raise();
        }
    }

    /// <summary>Closes the question or the result.</summary>
    public void Close()
    {
        Question = null;
        Result = null;
        Changes.Raise();
    }

    private async Task<CommandOutcome> ExecuteAsync(ResourceSnapshot resource, ResourceCommand command, IReadOnlyDictionary<string, string>? arguments)
    {
        using var running = new RunningCommand(resource, command, time.GetUtcNow());
        _running.Add(running);
        Changes.Raise();
        CommandOutcome outcome;
        try
        {
            outcome = await runner.RunAsync(resource, command, arguments, running.Token);
        }
        finally
        {
            _running.Remove(running);
            Changes.Raise();
        }

        if (outcome.Problems.Count == 0)
        {
            Tell(running.Title, outcome);
        }

        return outcome;
    }

    private async Task<bool> ConfirmAsync(ResourceSnapshot resource, ResourceCommand command) =>
        command.Confirmation.Length == 0
        || !(await dialogs.ShowConfirmationAsync(command.Confirmation, $"{command.DisplayName}: {resource.DisplayName}", command.DisplayName, "Cancel")).Cancelled;

    private void Tell(string title, CommandOutcome outcome)
    {
        // The service's tasks end when the toast closes; nobody waits for that.
        _ = outcome switch
        {
            { Succeeded: true } => notifications.ShowSuccessToastAsync(title, outcome.Message.Length > 0 ? outcome.Message : "Done.", 4_000),
            { Canceled: true } => notifications.ShowInfoToastAsync(title, "Canceled.", 4_000),
            _ => notifications.ShowErrorToastAsync(title, outcome.Message.Length > 0 ? outcome.Message : "Failed.", 15_000),
        };
        if (outcome.Value.Length > 0)
        {
            Result = (title, outcome);
            Changes.Raise();
        }
    }
}
