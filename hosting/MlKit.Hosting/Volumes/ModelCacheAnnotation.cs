using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>Scratch space for models; the last one on a resource counts.</summary>
/// <param name="size">How much of it there is at most, a Kubernetes quantity.</param>
/// <param name="path">Where it is mounted.</param>
public sealed class ModelCacheAnnotation(string size, string path) : IResourceAnnotation
{
    /// <summary>How much of it there is at most, a Kubernetes quantity.</summary>
    public string Size { get; } = size;

    /// <summary>Where it is mounted.</summary>
    public string Path { get; } = path;
}
