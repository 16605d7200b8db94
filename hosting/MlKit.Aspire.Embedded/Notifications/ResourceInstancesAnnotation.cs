namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ids under which the replicas of a resource appear in notifications and logs.</summary>
/// <param name="ids">One per replica.</param>
internal sealed class ResourceInstancesAnnotation(IReadOnlyList<string> ids) : IResourceAnnotation
{
    /// <summary>One per replica.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;

    /// <summary>The ids of a resource: its name where the host gave it none.</summary>
    public static IReadOnlyList<string> IdsOf(IResource resource) =>
        resource.Annotations.OfType<ResourceInstancesAnnotation>().LastOrDefault()?.Ids ?? [resource.Name];
}
