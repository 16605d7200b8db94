namespace Aspire.Hosting.ApplicationModel;

/// <summary>Lets a resource start only after another one reached a state.</summary>
/// <param name="resource">The resource that is waited for.</param>
/// <param name="waitType">The state.</param>
/// <param name="exitCode">The exit code that counts as success, for <see cref="WaitType.WaitForCompletion"/>.</param>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The resource that is waited for.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>The state.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What happens if it becomes unavailable; null is the host's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code that counts as success.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What a wait is for.</summary>
public enum WaitType
{
    /// <summary>Running, healthy and ready.</summary>
    WaitUntilHealthy = 0,

    /// <summary>Ended with a given exit code.</summary>
    WaitForCompletion = 1,

    /// <summary>Running.</summary>
    WaitUntilStarted = 2,
}

/// <summary>What a wait does if its dependency becomes unavailable.</summary>
public enum WaitBehavior
{
    /// <summary>Goes on waiting.</summary>
    WaitOnResourceUnavailable = 0,

    /// <summary>Fails.</summary>
    StopOnResourceUnavailable = 1,
}
