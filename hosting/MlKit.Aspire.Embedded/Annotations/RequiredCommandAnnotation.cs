using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A program that a resource needs on this machine.</summary>
/// <param name="command">A name to find in PATH, or a path.</param>
[Experimental("ASPIRECOMMAND001")]
public class RequiredCommandAnnotation(string command) : IResourceAnnotation
{
    /// <summary>A name to find in PATH, or a path.</summary>
    public string Command { get; } = command ?? throw new ArgumentNullException(nameof(command));

    /// <summary>Where it is explained how to install it.</summary>
    public string? HelpLink { get; init; }

    /// <summary>Looks at the program that was found.</summary>
    public Func<RequiredCommandValidationContext, Task<RequiredCommandValidationResult>>? ValidationCallback { get; init; }
}

/// <summary>What a check of a program works on.</summary>
/// <param name="resolvedPath">The absolute path of the program.</param>
/// <param name="services">The services of the application.</param>
/// <param name="cancellationToken">Ends the work.</param>
[Experimental("ASPIRECOMMAND001")]
public sealed class RequiredCommandValidationContext(string resolvedPath, IServiceProvider services, CancellationToken cancellationToken)
{
    /// <summary>The absolute path of the program.</summary>
    public string ResolvedPath { get; } = resolvedPath ?? throw new ArgumentNullException(nameof(resolvedPath));

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services { get; } = services ?? throw new ArgumentNullException(nameof(services));

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>What was found about a program.</summary>
[Experimental("ASPIRECOMMAND001")]
public sealed class RequiredCommandValidationResult
{
    private RequiredCommandValidationResult(string? message) => ValidationMessage = message;

    /// <summary>Whether it can be used.</summary>
    [MemberNotNullWhen(false, nameof(ValidationMessage))]
    public bool IsValid => ValidationMessage is null;

    /// <summary>Why it cannot be used.</summary>
    public string? ValidationMessage { get; }

    /// <summary>It can be used.</summary>
    public static RequiredCommandValidationResult Success() => new(null);

    /// <summary>It cannot be used.</summary>
    /// <param name="message">Why.</param>
    public static RequiredCommandValidationResult Failure(string message)
    {
        ArgumentException.ThrowIfNullOrEmpty(message);
        return new(message);
    }
}
