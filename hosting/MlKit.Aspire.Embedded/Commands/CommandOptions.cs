namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is shown while a command runs.</summary>
public sealed class CommandProgressOptions
{
    /// <summary>What is said; the default is the name of the command.</summary>
    public string? Message { get; set; }
}

/// <summary>How a command is offered.</summary>
public class CommandOptions
{
    /// <summary>What is explained.</summary>
    public string? Description { get; set; }

    /// <summary>A value of the author's.</summary>
    [Obsolete("Use Arguments instead.")]
    public object? Parameter
    {
        get => CustomParameter;
        set => CustomParameter = value;
    }

    /// <summary>What is asked for before it runs.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; set; } = [];

    /// <summary>Checks what was entered.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; set; }

    /// <summary>Where it is offered.</summary>
    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    /// <summary>What is asked before.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>The name of a Fluent UI icon.</summary>
    public string? IconName { get; set; }

    /// <summary>Filled or regular.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown among the first.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Whether it can be used, given the state of the resource; the default is always.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }

    /// <summary>What is shown while it runs.</summary>
    public CommandProgressOptions? Progress { get; set; }

    internal object? CustomParameter { get; set; }
}
