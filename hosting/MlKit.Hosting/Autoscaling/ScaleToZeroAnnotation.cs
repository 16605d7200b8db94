using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>A resource that has no pods while nobody asks; the last one on a resource counts.</summary>
/// <param name="query">What Prometheus is asked; above zero there is work.</param>
/// <param name="threshold">How much of it one pod does.</param>
/// <param name="cooldown">How long nobody must have asked.</param>
public sealed class ScaleToZeroAnnotation(string query, double threshold, TimeSpan cooldown) : IResourceAnnotation
{
    /// <summary>What Prometheus is asked; above zero there is work.</summary>
    public string Query { get; } = query;

    /// <summary>How much of it one pod does.</summary>
    public double Threshold { get; } = threshold;

    /// <summary>How long nobody must have asked.</summary>
    public TimeSpan Cooldown { get; } = cooldown;
}
