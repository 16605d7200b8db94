namespace Aspire.Hosting.ApplicationModel;

/// <summary>An endpoint with the ports that it has when it is published.</summary>
public sealed class ResolvedEndpoint
{
    /// <summary>The endpoint as it was declared.</summary>
    public required EndpointAnnotation Endpoint { get; init; }

    /// <summary>The port that the program listens on.</summary>
    public ResolvedPort TargetPort { get; init; }

    /// <summary>The port that callers use.</summary>
    public ResolvedPort ExposedPort { get; init; }
}

/// <summary>A port, and where its number is from.</summary>
public struct ResolvedPort
{
    /// <summary>The number; null leaves it to what deploys.</summary>
    public int? Value { get; init; }

    /// <summary>Whether an allocator gave it.</summary>
    public bool IsAllocated { get; init; }

    /// <summary>Whether it follows from the scheme or another port.</summary>
    public bool IsImplicit { get; init; }

    /// <summary>A port that an allocator gave.</summary>
    /// <param name="port">The port.</param>
    public static ResolvedPort Allocated(int port) => new() { Value = port, IsAllocated = true };

    /// <summary>A port that somebody set.</summary>
    /// <param name="port">The port.</param>
    public static ResolvedPort Explicit(int port) => new() { Value = port };

    /// <summary>A port that follows from the scheme or another port.</summary>
    /// <param name="port">The port.</param>
    public static ResolvedPort Implicit(int port) => new() { Value = port, IsImplicit = true };

    /// <summary>No port: what deploys chooses one.</summary>
    public static ResolvedPort None() => default;
}
