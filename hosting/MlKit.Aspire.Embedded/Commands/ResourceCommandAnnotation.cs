namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that a resource offers.</summary>
public sealed class ResourceCommandAnnotation : IResourceAnnotation
{
    /// <summary>Offers a command.</summary>
    /// <param name="name">The name, unique in the resource.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="updateState">Whether it can be used, given the state of the resource.</param>
    /// <param name="executeCommand">What it does; called once for each replica.</param>
    /// <param name="displayDescription">What is explained.</param>
    /// <param name="parameter">A value of the author's.</param>
    /// <param name="confirmationMessage">What is asked before.</param>
    /// <param name="iconName">The name of a Fluent UI icon.</param>
    /// <param name="iconVariant">Filled or regular.</param>
    /// <param name="isHighlighted">Whether it is shown among the first.</param>
    public ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, object? parameter, string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted)
        : this(name, displayName, updateState, executeCommand, displayDescription, (IReadOnlyList<InteractionInput>?)null, confirmationMessage, iconName, iconVariant, isHighlighted) =>
        CustomParameter = parameter;

    /// <summary>Offers a command.</summary>
    /// <param name="name">The name, unique in the resource.</param>
    /// <param name="displayName">What is shown.</param>
    /// <param name="updateState">Whether it can be used, given the state of the resource.</param>
    /// <param name="executeCommand">What it does; called once for each replica.</param>
    /// <param name="displayDescription">What is explained.</param>
    /// <param name="arguments">What is asked for before it runs.</param>
    /// <param name="confirmationMessage">What is asked before.</param>
    /// <param name="iconName">The name of a Fluent UI icon.</param>
    /// <param name="iconVariant">Filled or regular.</param>
    /// <param name="isHighlighted">Whether it is shown among the first.</param>
    /// <param name="visibility">Where it is offered.</param>
    /// <param name="validateArguments">Checks what was entered.</param>
    public ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, IReadOnlyList<InteractionInput>? arguments, string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted, ResourceCommandVisibility visibility = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api, Func<InputsDialogValidationContext, Task>? validateArguments = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(displayName);
        ArgumentNullException.ThrowIfNull(updateState);
        ArgumentNullException.ThrowIfNull(executeCommand);
        Name = name;
        DisplayName = displayName;
        UpdateState = updateState;
        ExecuteCommand = executeCommand;
        DisplayDescription = displayDescription;
        Arguments = arguments ?? [];
        ConfirmationMessage = confirmationMessage;
        IconName = iconName;
        IconVariant = iconVariant;
        IsHighlighted = isHighlighted;
        Visibility = visibility;
        ValidateArguments = validateArguments;
    }

    /// <summary>The name, unique in the resource.</summary>
    public string Name { get; }

    /// <summary>What is shown.</summary>
    public string DisplayName { get; }

    /// <summary>Whether it can be used, given the state of the resource.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; }

    /// <summary>What it does.</summary>
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; }

    /// <summary>What is explained.</summary>
    public string? DisplayDescription { get; }

    /// <summary>A value of the author's.</summary>
    [Obsolete("Use Arguments instead.")]
    public object? Parameter => CustomParameter;

    /// <summary>What is asked for before it runs.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; }

    /// <summary>Checks what was entered.</summary>
    public Func<InputsDialogValidationContext, Task>? ValidateArguments { get; }

    /// <summary>What is asked before.</summary>
    public string? ConfirmationMessage { get; }

    /// <summary>The name of a Fluent UI icon.</summary>
    public string? IconName { get; }

    /// <summary>Filled or regular.</summary>
    public IconVariant? IconVariant { get; }

    /// <summary>Whether it is shown among the first.</summary>
    public bool IsHighlighted { get; }

    /// <summary>Where it is offered.</summary>
    public ResourceCommandVisibility Visibility { get; }

    /// <summary>What is shown while it runs.</summary>
    public CommandProgressOptions? Progress { get; internal init; }

    internal object? CustomParameter { get; init; }
}
