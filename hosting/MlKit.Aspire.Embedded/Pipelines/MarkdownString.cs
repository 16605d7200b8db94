namespace Aspire.Hosting;

/// <summary>A text in Markdown.</summary>
/// <param name="value">The text.</param>
public sealed class MarkdownString(string value)
{
    /// <summary>The text.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
