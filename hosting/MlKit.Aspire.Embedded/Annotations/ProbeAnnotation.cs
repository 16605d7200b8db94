using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How an orchestrator finds out about the state of a resource.</summary>
[Experimental("ASPIREPROBES001")]
public abstract class ProbeAnnotation : IResourceAnnotation
{
    /// <summary>What the answer decides.</summary>
    public required ProbeType Type { get; init; }

    /// <summary>Seconds before the first probe.</summary>
    public int InitialDelaySeconds { get; init; } = 5;

    /// <summary>Seconds between probes.</summary>
    public int PeriodSeconds { get; init; } = 5;

    /// <summary>Seconds after which a probe has failed.</summary>
    public int TimeoutSeconds { get; set; } = 1;

    /// <summary>Failures in a row that count.</summary>
    public int FailureThreshold { get; init; } = 3;

    /// <summary>Successes in a row that count.</summary>
    public int SuccessThreshold { get; init; } = 1;
}

/// <summary>A probe by an HTTP GET.</summary>
[Experimental("ASPIREPROBES001")]
public sealed class EndpointProbeAnnotation : ProbeAnnotation
{
    /// <summary>The endpoint.</summary>
    public required EndpointReference EndpointReference { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }
}

/// <summary>What a probe decides.</summary>
[Experimental("ASPIREPROBES001")]
public enum ProbeType
{
    /// <summary>Whether it has started.</summary>
    Startup = 0,

    /// <summary>Whether it gets requests.</summary>
    Readiness = 1,

    /// <summary>Whether it is restarted.</summary>
    Liveness = 2,
}
