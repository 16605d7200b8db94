using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What integrations ask a resource.</summary>
public static partial class ResourceExtensions
{
    /// <summary>The last annotation of a type.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="annotation">The annotation.</param>
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        annotation = resource.Annotations.OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    /// <summary>The annotations of a type.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="result">The annotations.</param>
    public static bool TryGetAnnotationsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        var found = resource.Annotations.OfType<T>().ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Whether the resource has an annotation of a type.</summary>
    /// <param name="resource">The resource.</param>
    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<T>().Any();
    }

    /// <summary>The annotations of a type, of the resource and of those it lives in, the resource's first.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="result">The annotations.</param>
    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(this IResource resource, [NotNullWhen(true)] out IEnumerable<T>? result)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        var found = resource.WithAncestors().SelectMany(r => r.Annotations.OfType<T>()).ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    /// <summary>Whether the resource or one that it lives in has an annotation of a type.</summary>
    /// <param name="resource">The resource.</param>
    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource)
        where T : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.WithAncestors().Any(r => r.HasAnnotationOfType<T>());
    }

    /// <summary>How many processes of the resource run.</summary>
    /// <param name="resource">The resource.</param>
    public static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var replicas) ? replicas.Replicas : 1;

    /// <summary>Whether the resource is left out of what is published.</summary>
    /// <param name="resource">The resource.</param>
    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var manifest) && manifest.Callback is null;

    /// <summary>The volumes and folders that a container sees.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="volumeMounts">The mounts.</param>
    public static bool TryGetContainerMounts(this IResource resource, [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts) =>
        resource.TryGetAnnotationsOfType(out volumeMounts);

    /// <summary>The callbacks that set environment variables.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="environmentVariables">The callbacks.</param>
    public static bool TryGetEnvironmentVariables(this IResource resource, [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables) =>
        resource.TryGetAnnotationsOfType(out environmentVariables);

    /// <summary>The URLs that are shown.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="urls">The URLs.</param>
    public static bool TryGetUrls(this IResource resource, [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls) =>
        resource.TryGetAnnotationsOfType(out urls);

    /// <summary>The environment that the resource is published to, where it was given one.</summary>
    /// <param name="resource">The resource.</param>
    public static IComputeEnvironmentResource? GetComputeEnvironment(this IResource resource) =>
        resource.TryGetLastAnnotation<ComputeEnvironmentAnnotation>(out var environment) ? environment.ComputeEnvironment : null;

    /// <summary>Where a publisher put the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="targetComputeEnvironment">The environment that is meant, where there are several.</param>
    public static DeploymentTargetAnnotation? GetDeploymentTargetAnnotation(this IResource resource, IComputeEnvironmentResource? targetComputeEnvironment = null)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var wanted = targetComputeEnvironment ?? resource.GetComputeEnvironment();
        var targets = resource.Annotations.OfType<DeploymentTargetAnnotation>().ToList();
        return wanted is null ? targets.LastOrDefault() : targets.LastOrDefault(t => ReferenceEquals(t.ComputeEnvironment, wanted));
    }

    /// <summary>The resource and those it lives in, from the inside out.</summary>
    internal static IEnumerable<IResource> WithAncestors(this IResource resource)
    {
        for (var current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            yield return current;
        }
    }
}
