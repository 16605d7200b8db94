namespace MlKit.Dashboard.Resources;

/// <summary>The state of one resource (one replica) as the host told it last.</summary>
public sealed record ResourceSnapshot
{
    /// <summary>Unique per replica.</summary>
    public required string Id { get; init; }

    /// <summary>The name in the AppHost; replicas share it.</summary>
    public required string Name { get; init; }

    /// <summary>What to show: the name, or the id where there are replicas.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Project, Executable, Container, Parameter and so on.</summary>
    public string Type { get; init; } = "";

    /// <summary>For example Running; empty before the first report.</summary>
    public string State { get; init; } = "";

    /// <summary>success, error, info, warning or empty.</summary>
    public string StateStyle { get; init; } = "";

    /// <summary>Healthy, Degraded, Unhealthy or empty.</summary>
    public string Health { get; init; } = "";

    /// <summary>True for resources that are not shown unless asked for.</summary>
    public bool IsHidden { get; init; }

    /// <summary>How the process ended; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When the host created it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was started last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it stopped; null while it runs.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When it ran for the first time in this run of the application; null before.</summary>
    public DateTimeOffset? FirstRunningAt { get; init; }

    /// <summary>When it was healthy for the first time; where it has no health checks, when it ran.</summary>
    public DateTimeOffset? FirstHealthyAt { get; init; }

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<ResourceLink> Links { get; init; } = [];

    /// <summary>Its environment; secret values never come here.</summary>
    public IReadOnlyList<ResourceValue> Environment { get; init; } = [];

    /// <summary>Whatever else the host knows, such as a project's path.</summary>
    public IReadOnlyList<ResourceValue> Properties { get; init; } = [];

    /// <summary>Its health checks.</summary>
    public IReadOnlyList<ResourceHealth> HealthReports { get; init; } = [];

    /// <summary>What it refers to and waits for.</summary>
    public IReadOnlyList<ResourceRelation> Relations { get; init; } = [];

    /// <summary>What can be done with it.</summary>
    public IReadOnlyList<ResourceCommand> Commands { get; init; } = [];
}

/// <summary>An address of a resource.</summary>
/// <param name="Name">The endpoint's name.</param>
/// <param name="Url">The address.</param>
/// <param name="Text">What to show instead of the address; may be empty.</param>
/// <param name="IsInternal">True where only other resources use it.</param>
/// <param name="IsInactive">True while nothing listens there.</param>
public sealed record ResourceLink(string Name, string Url, string Text, bool IsInternal, bool IsInactive);

/// <summary>An environment variable or a property.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; empty for secrets.</param>
/// <param name="IsSecret">True where the value is not to be shown.</param>
public sealed record ResourceValue(string Name, string Value, bool IsSecret);

/// <summary>What a health check said last.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Status">Healthy, Degraded, Unhealthy, or empty before the first run.</param>
/// <param name="Description">Why.</param>
/// <param name="Exception">The error behind it; may be empty.</param>
public sealed record ResourceHealth(string Name, string Status, string Description, string Exception);

/// <summary>A resource that this one refers to.</summary>
/// <param name="ResourceName">The other's name in the AppHost.</param>
/// <param name="Type">WaitFor, Reference or Parent.</param>
public sealed record ResourceRelation(string ResourceName, string Type);
