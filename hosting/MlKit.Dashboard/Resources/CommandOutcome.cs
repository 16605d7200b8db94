namespace MlKit.Dashboard.Resources;

/// <summary>How a command ended.</summary>
/// <param name="Succeeded">True when it did what it should.</param>
/// <param name="Canceled">True when it was given up.</param>
/// <param name="Message">What the host said; may be empty.</param>
internal sealed record CommandOutcome(bool Succeeded, bool Canceled, string Message)
{
    /// <summary>What it produced; may be empty.</summary>
    public string Value { get; init; } = "";

    /// <summary>How that is written: Text, Json or Markdown.</summary>
    public string Format { get; init; } = "";

    /// <summary>What is wrong with what was entered, by the names of inputs; then it did not run.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();
}
