namespace MlKit.Aspire.Embedded.Containers;

/// <summary>What a command of the engine's CLI answered.</summary>
/// <param name="ExitCode">0 when it did what it was asked.</param>
/// <param name="Output">Standard output without the last line break.</param>
/// <param name="Error">Standard error without the last line break.</param>
internal sealed record CommandOutput(int ExitCode, string Output, string Error)
{
    /// <summary>True when it did what it was asked.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last line that says why it failed.</summary>
    public string Reason => (Error.Length > 0 ? Error : Output).Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line), "no message").Trim();
}
