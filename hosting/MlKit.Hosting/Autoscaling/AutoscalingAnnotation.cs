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
}
