using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>Between which bounds a resource is scaled, and by what; the last one on a resource counts.</summary>
/// <param name="min">The least number of pods.</param>
/// <param name="max">The greatest number of pods.</param>
/// <param name="cpu">The CPU use aimed at, in percent of the request.</param>
public sealed class AutoscalingAnnotation(int min, int max, int cpu) : IResourceAnnotation
{
    /// <summary>The least number of pods.</summary>
    public int Min { get; } = min;

    /// <summary>The greatest number of pods.</summary>
    public int Max { get; } = max;

    /// <summary>The CPU use aimed at, in percent of the request.</summary>
    public int Cpu { get; } = cpu;

    /// <summary>Requests per second and pod aimed at; null for none.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Waiting requests per pod aimed at; null for none.</summary>
    public double? QueueDepth { get; init; }

    /// <summary>How fast pods are added.</summary>
    public ScalePolicy ScaleUp { get; init; } = ScalePolicy.Fast;

    /// <summary>How fast pods are taken away.</summary>
    public ScalePolicy ScaleDown { get; init; } = ScalePolicy.Slow;
}
