using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Volumes that last, and scratch space for models.</summary>
public static partial class VolumeExtensions
{
    /// <summary>
    /// Sets size, storage class and access of the resource's volumes (each is a value of the chart), and adds one where
    /// <paramref name="path"/> is given. On this machine the size has no effect.
    /// </summary>
    /// <param name="builder">A container.</param>
    /// <param name="size">The size as a Kubernetes quantity, such as <c>20Gi</c>.</param>
    /// <param name="storageClass">The storage class; null for the cluster's default.</param>
    /// <param name="access">Who may mount it.</param>
    /// <param name="path">An absolute path in the container for a further volume; null for the volumes that there are.</param>
    /// <exception cref="DistributedApplicationException">The size is no quantity, the class no name, or the path not absolute.</exception>
    /// <example><code>database.WithDurableVolume("50Gi", storageClass: "fast", path: "/var/lib/data")</code></example>
    public static IResourceBuilder<T> WithDurableVolume<T>(
        this IResourceBuilder<T> builder,
        string size,
        string? storageClass = null,
        VolumeAccess access = VolumeAccess.ReadWriteOnce,
        string? path = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        RequireSize(builder.Resource, nameof(WithDurableVolume), size);
        Refusal.Unless(
            storageClass is null || NamePattern().IsMatch(storageClass), builder.Resource, $"WithDurableVolume(storageClass: \"{storageClass}\")",
            "the name of a storage class is allowed: lower-case letters, digits, hyphens and dots");
        Refusal.Unless(Enum.IsDefined(access), builder.Resource, $"WithDurableVolume(access: {access})", "use a value of VolumeAccess");
        if (path is not null)
        {
            RequirePath(builder.Resource, nameof(WithDurableVolume), path);
            builder.WithVolume($"{builder.Resource.Name}-{path.Trim('/').Replace('/', '-')}", path);
        }

        return builder
            .WithAnnotation(new DurableVolumeAnnotation(size, storageClass, access), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    /// <summary>
    /// Gives each pod scratch space for models, in which a restart of the container finds what was loaded before. Its path
    /// is in <c>MLKIT__MODELCACHE__PATH</c>, and in the variables by which common runtimes find their caches.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="size">How much of it there is at most, a Kubernetes quantity; a pod with more is evicted.</param>
    /// <param name="path">An absolute path in the container.</param>
    /// <exception cref="DistributedApplicationException">The size is no quantity, or the path not absolute.</exception>
    /// <example><code>scorer.WithModelCache("20Gi")</code></example>
    public static IResourceBuilder<T> WithModelCache<T>(this IResourceBuilder<T> builder, string size, string path = "/var/cache/models")
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        RequireSize(builder.Resource, nameof(WithModelCache), size);
        RequirePath(builder.Resource, nameof(WithModelCache), path);
        return builder
            .WithAnnotation(new ModelCacheAnnotation(size, path), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    private static void RequireSize(IResource resource, string call, string size) => Refusal.Unless(
        size is not null && SizePattern().IsMatch(size), resource, $"{call}(size: \"{size}\")", "a Kubernetes quantity above zero is allowed, such as 512Mi or 20Gi");

    private static void RequirePath(IResource resource, string call, string path) => Refusal.Unless(
        path is not null && path.Length > 1 && path.StartsWith('/') && !path.Contains(':', StringComparison.Ordinal), resource,
        $"{call}(path: \"{path}\")", "an absolute path below / is allowed");

    [GeneratedRegex(@"^[1-9]\d*(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$")]
    private static partial Regex SizePattern();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex NamePattern();
}
