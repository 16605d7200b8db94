namespace MlKit.Aspire.Embedded.Processes;

/// <summary>A running child and everything that it started itself.</summary>
internal interface IChildProcess : IDisposable
{
    /// <summary>The operating system's process id; 0 where another program started the process and did not say.</summary>
    int Id { get; }

    /// <summary>When the process started.</summary>
    DateTimeOffset StartedAt { get; }

    /// <summary>What the child writes to standard input's peer; closed when the child needs none.</summary>
    Stream Input { get; }

    /// <summary>The child's standard output, UTF-8.</summary>
    Stream Output { get; }

    /// <summary>The child's standard error, UTF-8.</summary>
    Stream Error { get; }

    /// <summary>Ends with the exit code: the program's own, or 128 + n where signal n ended it.</summary>
    Task<int> Exited { get; }

    /// <summary>Asks the child and its descendants to end (SIGTERM, or Ctrl+Break).</summary>
    void RequestStop();

    /// <summary>The host ends: like <see cref="RequestStop"/>, but what is meant to outlive the host is let go.</summary>
    void Release() => RequestStop();

    /// <summary>Ends the child and its descendants at once. Harmless after they ended.</summary>
    void Kill();
}
