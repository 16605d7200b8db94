using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The program of an executable.</summary>
public sealed class ExecutableAnnotation : IResourceAnnotation
{
    /// <summary>A path, or a name looked up in PATH.</summary>
    public required string Command { get; set; }

    /// <summary>The folder it starts in.</summary>
    public required string WorkingDirectory { get; set; }

    /// <summary>Whether the folder was given by the author rather than by the resource's kind.</summary>
    [Experimental("ASPIREEXTENSION001")]
    public bool WorkingDirectoryExplicitlySet { get; internal set; }
}

/// <summary>Lets a resource start only on command.</summary>
public sealed class ExplicitStartupAnnotation : IResourceAnnotation;

/// <summary>A health check, registered under <paramref name="key"/>, that says whether the resource is healthy.</summary>
/// <param name="key">The name of the registration.</param>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name of the registration.</summary>
    public string Key { get; } = key ?? throw new ArgumentNullException(nameof(key));
}

/// <summary>How many processes of a resource run.</summary>
/// <param name="replicas">How many.</param>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>How many.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>A named relation to another resource, for display.</summary>
/// <param name="resource">The other resource.</param>
/// <param name="type">The kind of relation, such as <c>Reference</c>.</param>
public sealed class ResourceRelationshipAnnotation(IResource resource, string type) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>The kind of relation.</summary>
    public string Type { get; } = type ?? throw new ArgumentNullException(nameof(type));
}

/// <summary>The kinds of relations.</summary>
internal static class KnownRelationshipTypes
{
    public const string Parent = "Parent";
    public const string Reference = "Reference";
    public const string WaitFor = "WaitFor";
}

/// <summary>The state that a resource is shown in from the start.</summary>
/// <param name="initialSnapshot">The state.</param>
public class ResourceSnapshotAnnotation(CustomResourceSnapshot initialSnapshot) : IResourceAnnotation
{
    /// <summary>The state.</summary>
    public CustomResourceSnapshot InitialSnapshot { get; } = initialSnapshot ?? throw new ArgumentNullException(nameof(initialSnapshot));
}

/// <summary>The icon that a resource is shown with.</summary>
/// <param name="iconName">The name of a Fluent UI icon.</param>
/// <param name="iconVariant">Filled or regular.</param>
public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) : IResourceAnnotation
{
    /// <summary>The name of a Fluent UI icon.</summary>
    public string IconName { get; } = iconName ?? throw new ArgumentNullException(nameof(iconName));

    /// <summary>Filled or regular.</summary>
    public IconVariant IconVariant { get; } = iconVariant;
}

/// <summary>The two forms of an icon.</summary>
public enum IconVariant
{
    /// <summary>An outline.</summary>
    Regular = 0,

    /// <summary>Filled.</summary>
    Filled = 1,
}

/// <summary>A further part of a resource's connection that consumers get as <c>NAME_PROPERTY</c>.</summary>
/// <param name="name">The name of the part.</param>
/// <param name="referenceExpression">Its value.</param>
public sealed class ConnectionPropertyAnnotation(string name, ReferenceExpression referenceExpression) : IResourceAnnotation
{
    /// <summary>The name of the part.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Its value.</summary>
    public ReferenceExpression Value { get; } = referenceExpression ?? throw new ArgumentNullException(nameof(referenceExpression));
}

/// <summary>Takes a resource out of sight.</summary>
/// <param name="behavior">When.</param>
public sealed class HiddenAnnotation(HiddenBehavior behavior) : IResourceAnnotation
{
    /// <summary>When.</summary>
    public HiddenBehavior Behavior { get; } = behavior;

    /// <summary>The exit codes that count as success, for <see cref="HiddenBehavior.OnCompletion"/>.</summary>
    public IReadOnlyList<int> SuccessfulExitCodes { get; init; } = [0];
}

/// <summary>When a resource is out of sight.</summary>
public enum HiddenBehavior
{
    /// <summary>Always.</summary>
    Always = 0,

    /// <summary>Once it ended with success.</summary>
    OnCompletion = 1,
}
