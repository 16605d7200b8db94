namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that the host knows.</summary>
public static class KnownResourceStates
{
    /// <summary>Out of sight.</summary>
    [Obsolete("Use CustomResourceSnapshot.IsHidden instead.")]
    public static readonly string Hidden = nameof(Hidden);

    /// <summary>About to run.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>Running.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>Could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>The container runtime is missing or does not answer.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>About to end.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>Ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>Ended by itself.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>Waits for another resource.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>Starts on command only.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>Its build runs.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>A parameter has no value.</summary>
    public static readonly string ValueMissing = "Value missing";

    /// <summary>In use, without running.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>The states after which nothing more comes.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];

    /// <summary>The states in which a project can be built again.</summary>
    public static readonly IReadOnlyList<string> BuildableStates = [Finished, FailedToStart, Exited, NotStarted, Running];
}

/// <summary>How a state is shown.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Good.</summary>
    public static readonly string Success = "success";

    /// <summary>Broken.</summary>
    public static readonly string Error = "error";

    /// <summary>Neutral.</summary>
    public static readonly string Info = "info";

    /// <summary>Doubtful.</summary>
    public static readonly string Warn = "warning";
}

/// <summary>The commands that the host offers.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts a resource.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops a resource.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops a resource and starts it again.</summary>
    public static readonly string RestartCommand = "restart";

    /// <summary>Stops a project, builds it and starts it again.</summary>
    public static readonly string RebuildCommand = "rebuild";

    /// <summary>Sets a parameter.</summary>
    public static readonly string SetParameterCommand = "parameter-set";

    /// <summary>Removes the stored value of a parameter.</summary>
    public static readonly string DeleteParameterCommand = "parameter-delete";
}

/// <summary>The names of properties with a meaning of their own.</summary>
public static class CustomResourceKnownProperties
{
    /// <summary>Where the resource comes from: a path, an image.</summary>
    public static string Source { get; } = "resource.source";

    /// <summary>The connection string.</summary>
    public static string ConnectionString { get; } = "resource.connectionString";

    /// <summary>The parts of the connection.</summary>
    public static string ConnectionProperties { get; } = "resource.connectionProperties";
}
