using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>How long resources live.</summary>
internal static class Lifetimes
{
    /// <summary>True when the resource outlives the host.</summary>
    public static bool IsPersistent(IResource resource) => Of(resource, []) == ContainerLifetime.Persistent;

    private static ContainerLifetime Of(IResource resource, HashSet<IResource> seen) =>
        resource.Annotations.LastOrDefault(a => a is ContainerLifetimeAnnotation or ResourceLifetimeAnnotation) switch
        {
            ContainerLifetimeAnnotation container => container.Lifetime,
            ResourceLifetimeAnnotation { Source: { } source } => seen.Add(source) ? Of(source, seen) : ContainerLifetime.Session,
            ResourceLifetimeAnnotation own => own.Lifetime,
            _ => ContainerLifetime.Session,
        };
}

/// <summary>How long a resource lives.</summary>
/// <param name="lifetime">How long.</param>
/// <param name="source">The resource whose lifetime counts instead.</param>
/// <param name="parentProcessId">The process that it ends with; null is the host.</param>
internal sealed class ResourceLifetimeAnnotation(ContainerLifetime lifetime, IResource? source = null, int? parentProcessId = null) : IResourceAnnotation
{
    public ContainerLifetime Lifetime { get; } = lifetime;

    public IResource? Source { get; } = source;

    public int? ParentProcessId { get; } = parentProcessId;
}
