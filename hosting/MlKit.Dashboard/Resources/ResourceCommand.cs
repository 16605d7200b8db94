namespace MlKit.Dashboard.Resources;

/// <summary>Something that can be done with a resource.</summary>
/// <param name="Name">What the host calls it.</param>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Description">What it does; may be empty.</param>
/// <param name="Confirmation">The question to ask first; empty for none.</param>
/// <param name="IconName">A Fluent icon's name; may be empty.</param>
/// <param name="IsHighlighted">True where it deserves a button of its own.</param>
/// <param name="IsEnabled">False while it makes no sense.</param>
/// <param name="Inputs">What it asks for before it runs.</param>
public sealed record ResourceCommand(
    string Name, string DisplayName, string Description, string Confirmation, string IconName, bool IsHighlighted, bool IsEnabled,
    IReadOnlyList<CommandInput> Inputs)
{
    /// <summary>The command of a parameter that takes its value.</summary>
    public const string SetParameter = "parameter-set";
}

/// <summary>Something that a command asks for.</summary>
/// <param name="Name">What the host calls it.</param>
/// <param name="Type">Text, SecretText, Choice, Boolean, Number or File (of which the path is asked for).</param>
/// <param name="Label">What people call it.</param>
/// <param name="Description">What it means; may be empty.</param>
/// <param name="Placeholder">What stands in the empty field.</param>
/// <param name="Value">What is offered; empty for none.</param>
/// <param name="IsRequired">True where it must not be left empty.</param>
/// <param name="IsDisabled">True where it can only be looked at.</param>
/// <param name="MaxLength">The most characters; null for any number.</param>
/// <param name="Choices">Values with their labels.</param>
/// <param name="AllowsOther">True where another value than the choices may be given.</param>
/// <param name="IsDynamic">True where the host finds the choices while the dialog is open.</param>
public sealed record CommandInput(
    string Name, string Type, string Label, string Description, string Placeholder, string Value, bool IsRequired, bool IsDisabled,
    int? MaxLength, IReadOnlyList<KeyValuePair<string, string>> Choices, bool AllowsOther, bool IsDynamic = false);
