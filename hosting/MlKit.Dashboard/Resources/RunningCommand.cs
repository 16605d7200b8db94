namespace MlKit.Dashboard.Resources;

/// <summary>A command that a visitor started and that has not ended.</summary>
internal sealed class RunningCommand(ResourceSnapshot resource, ResourceCommand command, DateTimeOffset startedAt) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>The replica that it works on.</summary>
    public string ResourceId => resource.Id;

    /// <summary>The command's name.</summary>
    public string Name => command.Name;

    /// <summary>What to show.</summary>
    public string Title => $"{command.DisplayName}: {resource.DisplayName}";

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>Ends when the visitor gives it up.</summary>
    public CancellationToken Token => _cancel.Token;

    /// <summary>Asks the host to give it up.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();
}
