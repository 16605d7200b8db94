using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A property that is shown in a resource's details.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record class ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>What is shown as its name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether the value is masked.</summary>
    public bool IsSensitive { get; init; }

    /// <summary>Whether it is shown among the first.</summary>
    public bool IsHighlighted { get; init; }

    /// <summary>Its place among the properties, lowest first.</summary>
    public int? SortOrder { get; init; }
}

/// <summary>An address of a resource.</summary>
/// <param name="Name">The name of the endpoint, or null.</param>
/// <param name="Url">The URL.</param>
/// <param name="IsInternal">Whether it is of no use to a person.</param>
public sealed record class UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();

    /// <summary>Whether it does not answer yet.</summary>
    public bool IsInactive { get; init; }
}

/// <summary>How an address is shown.</summary>
/// <param name="DisplayName">What is shown instead of the URL.</param>
/// <param name="SortOrder">Its place, highest first.</param>
public sealed record class UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>An environment variable of a resource.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="IsFromSpec">Whether it was configured, not inherited.</param>
public sealed record class EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>Something mounted into a container.</summary>
/// <param name="Source">The volume or folder.</param>
/// <param name="Target">The path inside.</param>
/// <param name="MountType">The kind.</param>
/// <param name="IsReadOnly">Whether it can only be read.</param>
public sealed record class VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>A relation to another resource.</summary>
/// <param name="ResourceName">The other resource.</param>
/// <param name="Type">The kind of relation.</param>
public sealed record class RelationshipSnapshot(string ResourceName, string Type);

/// <summary>The last answer of a health check.</summary>
/// <param name="Name">The name of the check.</param>
/// <param name="Status">The answer; null before the first one.</param>
/// <param name="Description">What it said.</param>
/// <param name="ExceptionText">The exception it ended with.</param>
public sealed record class HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it was asked.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>A change of a resource's state.</summary>
/// <param name="resource">The resource.</param>
/// <param name="resourceId">The instance: a replica of the resource.</param>
/// <param name="snapshot">The state.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>The instance: a replica of the resource.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>The state.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
