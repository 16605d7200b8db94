using System.Collections.Immutable;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The parts of a snapshot that follow from the resource's annotations.</summary>
internal static class SnapshotDefaults
{
    /// <summary>The first snapshot of a resource.</summary>
    public static CustomResourceSnapshot Initial(IResource resource, TimeProvider time)
    {
        var snapshot = resource.Annotations.OfType<ResourceSnapshotAnnotation>().LastOrDefault()?.InitialSnapshot
            ?? new CustomResourceSnapshot { ResourceType = TypeName(resource), Properties = [] };
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        var relationships = Relationships(resource);
        return snapshot with
        {
            CreationTimeStamp = snapshot.CreationTimeStamp ?? time.GetUtcNow().UtcDateTime,
            Relationships = snapshot.Relationships.IsDefaultOrEmpty ? relationships : snapshot.Relationships,
            IconName = snapshot.IconName ?? icon?.IconName,
            IconVariant = snapshot.IconVariant ?? icon?.IconVariant,
        };
    }

    /// <summary>A running resource with health checks that were not taken yet counts as unhealthy until they are.</summary>
    public static CustomResourceSnapshot WithHealth(IResource resource, CustomResourceSnapshot snapshot)
    {
        if (snapshot.State?.Text != KnownResourceStates.Running || !snapshot.HealthReports.IsDefaultOrEmpty)
        {
            return snapshot;
        }

        var keys = HealthKeys(resource);
        return keys.Count == 0
            ? snapshot
            : snapshot with { HealthReports = [.. keys.Select(key => new HealthReportSnapshot(key, null, null, null))] };
    }

    /// <summary>The commands with their present state.</summary>
    public static CustomResourceSnapshot WithCommands(IResource resource, CustomResourceSnapshot snapshot, IServiceProvider? services)
    {
        var annotations = resource.Annotations.OfType<ResourceCommandAnnotation>().ToList();
        if (annotations.Count == 0 || services is null)
        {
            return snapshot;
        }

        var context = new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services };
        return snapshot with { Commands = [.. annotations.Select(command => Command(command, context))] };
    }

    /// <summary>The keys of a resource's own health checks and those of the resources it lives in.</summary>
    public static IReadOnlyList<string> HealthKeys(IResource resource)
    {
        var keys = new List<string>();
        for (var next = resource; next is not null; next = (next as IResourceWithParent)?.Parent)
        {
            keys.AddRange(next.Annotations.OfType<HealthCheckAnnotation>().Select(check => check.Key));
        }

        return [.. keys.Distinct(StringComparer.Ordinal)];
    }

    private static ResourceCommandSnapshot Command(ResourceCommandAnnotation command, UpdateCommandStateContext context) =>
        new(command.Name, command.UpdateState(context), command.DisplayName, command.DisplayDescription, command.CustomParameter,
            command.ConfirmationMessage, command.IconName, command.IconVariant, command.IsHighlighted)
        {
            Arguments = command.Arguments,
            Visibility = command.Visibility,
        };

    private static ImmutableArray<RelationshipSnapshot> Relationships(IResource resource)
    {
        var declared = resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        var waits = resource.Annotations.OfType<WaitAnnotation>()
            .Select(w => new RelationshipSnapshot(w.Resource.Name, KnownRelationshipTypes.WaitFor));
        var parent = resource is IResourceWithParent child
            ? new[] { new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent) }
            : [];
        return [.. declared.Concat(waits).Concat(parent).Distinct()];
    }

    private static string TypeName(IResource resource) => resource switch
    {
        _ when resource.Annotations.OfType<ContainerImageAnnotation>().Any() => "Container",
        _ when resource.Annotations.OfType<IProjectMetadata>().Any() => "Project",
        ExecutableResource => "Executable",
        _ => resource.GetType().Name is var name && name.EndsWith("Resource", StringComparison.Ordinal) ? name[..^"Resource".Length] : resource.GetType().Name,
    };
}
