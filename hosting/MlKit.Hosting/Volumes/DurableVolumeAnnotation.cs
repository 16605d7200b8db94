using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>Size, class and access of the volumes of a resource; the last one on a resource counts.</summary>
/// <param name="size">The size, a Kubernetes quantity.</param>
/// <param name="storageClass">The storage class; null for the cluster's default.</param>
/// <param name="access">Who may mount it.</param>
public sealed class DurableVolumeAnnotation(string size, string? storageClass, VolumeAccess access) : IResourceAnnotation
{
    /// <summary>The size, a Kubernetes quantity.</summary>
    public string Size { get; } = size;

    /// <summary>The storage class; null for the cluster's default.</summary>
    public string? StorageClass { get; } = storageClass;

    /// <summary>Who may mount it.</summary>
    public VolumeAccess Access { get; } = access;
}
