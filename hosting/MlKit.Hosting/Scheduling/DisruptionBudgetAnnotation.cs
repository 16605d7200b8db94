using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>How many pods may be away at once; the last one on a resource counts.</summary>
/// <param name="maxUnavailable">A number of pods, or a share such as <c>25%</c>.</param>
public sealed class DisruptionBudgetAnnotation(string maxUnavailable) : IResourceAnnotation
{
    /// <summary>A number of pods, or a share such as <c>25%</c>.</summary>
    public string MaxUnavailable { get; } = maxUnavailable;
}
