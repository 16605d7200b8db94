using Microsoft.FluentUI.AspNetCore.Components;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Resources;

/// <summary>Runs commands for one visitor: asks where the command wants it, shows that it runs and how it ended.</summary>
internal sealed class CommandPrompt(CommandRunner runner, IDialogService dialogs, INotificationService notifications)
{
    private readonly HashSet<(string Resource, string Command)> _running = [];

    /// <summary>Raised when a command begins or ends.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>True while the command runs.</summary>
    public bool IsRunning(string resourceId, string command) => _running.Contains((resourceId, command));

    /// <summary>Asks, runs and tells the outcome.</summary>
    public async Task RunAsync(ResourceSnapshot resource, ResourceCommand command)
    {
        if (!command.IsEnabled || IsRunning(resource.Id, command.Name) || !await ConfirmAsync(resource, command))
        {
            return;
        }

        _running.Add((resource.Id, command.Name));
        Changes.Raise();
        CommandOutcome outcome;
        try
        {
            outcome = await runner.RunAsync(resource, command, CancellationToken.None);
        }
        finally
        {
            _running.Remove((resource.Id, command.Name));
            Changes.Raise();
        }

        await TellAsync($"{command.DisplayName}: {resource.DisplayName}", outcome);
    }

    private async Task<bool> ConfirmAsync(ResourceSnapshot resource, ResourceCommand command) =>
        command.Confirmation.Length == 0
        || !(await dialogs.ShowConfirmationAsync(command.Confirmation, $"{command.DisplayName}: {resource.DisplayName}", command.DisplayName, "Cancel")).Cancelled;

    // The service's tasks end when the toast closes; nobody waits for that.
    private Task TellAsync(string title, CommandOutcome outcome)
    {
        _ = outcome switch
        {
            { Succeeded: true } => notifications.ShowSuccessToastAsync(title, outcome.Message.Length > 0 ? outcome.Message : "Done.", 4_000),
            { Canceled: true } => notifications.ShowInfoToastAsync(title, "Canceled.", 4_000),
            _ => notifications.ShowErrorToastAsync(title, outcome.Message.Length > 0 ? outcome.Message : "Failed.", 15_000),
        };
        return Task.CompletedTask;
    }
}
