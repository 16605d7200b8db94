using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>A namespace whose pods may call a resource. A resource may have several.</summary>
/// <param name="namespace">The namespace.</param>
/// <param name="podLabels">Labels that the callers carry; none for all pods of the namespace.</param>
public sealed class AllowedCallersAnnotation(string @namespace, IReadOnlyDictionary<string, string> podLabels) : IResourceAnnotation
{
    /// <summary>The namespace.</summary>
    public string Namespace { get; } = @namespace;

    /// <summary>Labels that the callers carry; none for all pods of the namespace.</summary>
    public IReadOnlyDictionary<string, string> PodLabels { get; } = podLabels;
}
