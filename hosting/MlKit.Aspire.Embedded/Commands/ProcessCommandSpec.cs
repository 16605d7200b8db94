using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program that a command runs.</summary>
/// <param name="executablePath">A name to find in PATH, or a path.</param>
[Experimental("ASPIREPROCESSCOMMAND001")]
public sealed class ProcessCommandSpec(string executablePath)
{
    /// <summary>A name to find in PATH, or a path relative to the working directory.</summary>
    public string ExecutablePath { get; } = executablePath ?? throw new ArgumentNullException(nameof(executablePath));

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Its working directory, relative to the AppHost's folder; null is that folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables beside those it inherits.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether it inherits the variables of the host.</summary>
    public bool InheritEnvironmentVariables { get; init; } = true;

    /// <summary>What it reads from standard input; null for nothing.</summary>
    public string? StandardInputContent { get; init; }
}

/// <summary>How a command that runs a program is offered.</summary>
[Experimental("ASPIREPROCESSCOMMAND001")]
public class ProcessCommandOptions : CommandOptions
{
    /// <summary>The exit codes that mean success; the default is 0.</summary>
    public IReadOnlyList<int> SuccessExitCodes { get; set; } = [0];

    /// <summary>The last lines of output that are kept for the result; the default is 50.</summary>
    public int MaxOutputLineCount { get; set; } = 50;

    /// <summary>Makes the result; the default is success where the exit code says so.</summary>
    public Func<ProcessCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
}

/// <summary>What the making of a result works on.</summary>
[Experimental("ASPIREPROCESSCOMMAND001")]
public sealed class ProcessCommandResultContext
{
    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The instance: a replica of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>The exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The last lines that the program wrote.</summary>
    public required IReadOnlyList<string> Output { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }
}
