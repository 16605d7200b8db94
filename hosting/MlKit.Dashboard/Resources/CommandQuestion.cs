namespace MlKit.Dashboard.Resources;

/// <summary>What a visitor is asked for before a command runs.</summary>
internal sealed class CommandQuestion
{
    /// <summary>Asks for the command's inputs, with the values that the AppHost offers.</summary>
    public CommandQuestion(ResourceSnapshot resource, ResourceCommand command)
    {
        Resource = resource;
        Command = command;
        Values = command.Inputs.ToDictionary(input => input.Name, input => input.Value);
    }

    /// <summary>What the command works on.</summary>
    public ResourceSnapshot Resource { get; }

    /// <summary>The command, with the choices for what was entered so far.</summary>
    public ResourceCommand Command { get; set; }

    /// <summary>What was entered so far, by the names of inputs.</summary>
    public Dictionary<string, string> Values { get; }

    /// <summary>What the host found wrong, by the names of inputs.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; set; } = new Dictionary<string, string>();
}
