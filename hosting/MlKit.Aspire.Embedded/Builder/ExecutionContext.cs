using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting;

/// <summary>What the AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the application on this machine.</summary>
    Run = 0,

    /// <summary>To write what a deployment needs.</summary>
    Publish = 1,
}

/// <summary>What the AppHost was started for, and the services it has.</summary>
public class DistributedApplicationExecutionContext
{
    private readonly DistributedApplicationExecutionContextOptions? _options;

    /// <summary>Creates a context.</summary>
    /// <param name="operation">Run or publish.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
        : this(operation, "manifest")
    {
    }

    /// <summary>Creates a context.</summary>
    /// <param name="operation">Run or publish.</param>
    /// <param name="publisherName">The publisher.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationOperation operation, string publisherName)
    {
        Operation = operation;
        PublisherName = publisherName;
    }

    /// <summary>Creates a context.</summary>
    /// <param name="options">What it knows; the services may be set later.</param>
    public DistributedApplicationExecutionContext(DistributedApplicationExecutionContextOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Operation = options.Operation;
        PublisherName = options.PublisherName ?? "manifest";
    }

    /// <summary>The publisher.</summary>
    public string PublisherName { get; set; }

    /// <summary>Run or publish.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The services of the application.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider ServiceProvider => Services;

    /// <summary>The services of the application.</summary>
    /// <exception cref="InvalidOperationException">The application is not built yet.</exception>
    public IServiceProvider Services => _options?.Services ?? throw new InvalidOperationException(
        "The services are not available: the application is not built yet.");

    /// <summary>How the application is run.</summary>
    [Experimental("ASPIREWATCH001")]
    public RunConfiguration RunConfiguration => _options?.RunConfiguration ?? new RunConfiguration();

    /// <summary>Whether the AppHost was started to publish.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether the AppHost was started to run.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>The services, or null before the application is built.</summary>
    internal IServiceProvider? ServicesOrNull => _options?.Services;
}

/// <summary>What an execution context knows.</summary>
public class DistributedApplicationExecutionContextOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="operation">Run or publish.</param>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation) => Operation = operation;

    /// <summary>Creates options.</summary>
    /// <param name="operation">Run or publish.</param>
    /// <param name="publisherName">The publisher.</param>
    public DistributedApplicationExecutionContextOptions(DistributedApplicationOperation operation, string publisherName)
        : this(operation) => PublisherName = publisherName;

    /// <summary>The services of the application, once it is built.</summary>
    [Obsolete("Use Services instead.")]
    public IServiceProvider? ServiceProvider
    {
        get => Services;
        set => Services = value;
    }

    /// <summary>The services of the application, once it is built.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Run or publish.</summary>
    public DistributedApplicationOperation Operation { get; }

    /// <summary>The publisher.</summary>
    public string? PublisherName { get; }

    /// <summary>How the application is run.</summary>
    [Experimental("ASPIREWATCH001")]
    public RunConfiguration RunConfiguration { get; init; } = new();
}

/// <summary>How an application is run.</summary>
[Experimental("ASPIREWATCH001")]
public sealed class RunConfiguration
{
    /// <summary>Whether the AppHost itself is watched: it is started again when its source changes.</summary>
    public bool WatchEnabled { get; init; } = Environment.GetEnvironmentVariable("DOTNET_WATCH") is "1" or "true";
}
