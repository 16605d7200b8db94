namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that a resource offers now.</summary>
/// <param name="Name">The name.</param>
/// <param name="State">Whether it can be used.</param>
/// <param name="DisplayName">What is shown.</param>
/// <param name="DisplayDescription">What is explained.</param>
/// <param name="Parameter">A value of the author's.</param>
/// <param name="ConfirmationMessage">What is asked before.</param>
/// <param name="IconName">The name of a Fluent UI icon.</param>
/// <param name="IconVariant">Filled or regular.</param>
/// <param name="IsHighlighted">Whether it is shown among the first.</param>
public sealed record class ResourceCommandSnapshot(string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, [property: Obsolete("Use Arguments instead.")] object? Parameter, string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted)
{
    /// <summary>What is asked for before it runs.</summary>
    public IReadOnlyList<InteractionInput> Arguments { get; init; } = [];

    /// <summary>Where it is offered.</summary>
    public ResourceCommandVisibility Visibility { get; init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}

/// <summary>Whether a command can be used.</summary>
public enum ResourceCommandState
{
    /// <summary>Yes.</summary>
    Enabled = 0,

    /// <summary>It is shown but cannot be used.</summary>
    Disabled = 1,

    /// <summary>It is not shown.</summary>
    Hidden = 2,
}

/// <summary>Where a command is offered.</summary>
[Flags]
public enum ResourceCommandVisibility
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In the dashboard.</summary>
    UI = 1,

    /// <summary>To programs.</summary>
    Api = 2,
}
