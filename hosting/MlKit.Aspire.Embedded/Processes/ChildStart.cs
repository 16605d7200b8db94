namespace MlKit.Aspire.Embedded.Processes;

/// <summary>What a child process is started from.</summary>
/// <param name="Owner">The resource (or internal task) it runs for; recorded so that left-overs can be named.</param>
/// <param name="FileName">Absolute path, path relative to <paramref name="WorkingDirectory"/>, or a name to find in PATH.</param>
/// <param name="Arguments">Arguments without the program's own name.</param>
/// <param name="WorkingDirectory">Absolute folder.</param>
/// <param name="Environment">The whole environment of the child: nothing is inherited beside it.</param>
internal sealed record ChildStart(
    string Owner,
    string FileName,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>True when the caller writes to the child's standard input and closes it; otherwise it is closed at once.</summary>
    public bool KeepInput { get; init; }
}
