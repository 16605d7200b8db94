using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a command works on.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The services of the application.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider
    {
        get => Services;
        init => Services = value;
    }

    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The instance: a replica of the resource.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>The log of the resource.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>What was entered.</summary>
    public required InteractionInputCollection Arguments { get; init; }
}
