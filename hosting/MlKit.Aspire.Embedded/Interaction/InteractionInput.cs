namespace Aspire.Hosting;

/// <summary>Something that the user is asked for.</summary>
public sealed class InteractionInput
{
    /// <summary>The name, unique in the dialog.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of value.</summary>
    public required InputType InputType { get; init; }

    /// <summary>What is shown; the default is the name.</summary>
    public string? Label { get; init; }

    /// <summary>What is explained.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the description is Markdown.</summary>
    public bool EnableDescriptionMarkdown { get; init; }

    /// <summary>What is shown in the empty field.</summary>
    public string? Placeholder { get; init; }

    /// <summary>The value.</summary>
    public string? Value { get; set; }

    /// <summary>Whether a value must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether it cannot be changed.</summary>
    public bool Disabled { get; set; }

    /// <summary>The most characters allowed.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The choices: value and label.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Options { get; set; }

    /// <summary>Whether a value outside the choices is allowed.</summary>
    public bool AllowCustomChoice { get; init; }

    /// <summary>How choices are found that depend on what was entered before.</summary>
    public InputLoadOptions? DynamicLoading { get; init; }

    /// <summary>Whether several files may be given.</summary>
    public bool AllowMultipleFiles { get; init; }

    /// <summary>Which files may be given, such as <c>.json,.yaml</c>.</summary>
    public string? FileFilter { get; init; }

    /// <summary>The most bytes that a file may have.</summary>
    public long? MaxFileSize { get; init; }
}

/// <summary>The kinds of values that the user is asked for.</summary>
public enum InputType
{
    /// <summary>Text.</summary>
    Text = 0,

    /// <summary>Text that is masked.</summary>
    SecretText = 1,

    /// <summary>One of a list.</summary>
    Choice = 2,

    /// <summary>Yes or no.</summary>
    Boolean = 3,

    /// <summary>A number.</summary>
    Number = 4,

    /// <summary>A file.</summary>
    File = 5,
}
