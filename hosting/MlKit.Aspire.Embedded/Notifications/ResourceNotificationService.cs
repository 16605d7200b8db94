using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Holds the state of every resource, tells who wants to know about changes, and waits for states.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly ResourceStates _states = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ready = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _disposed = new();
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider? _services;
    private readonly CancellationToken _stopping;

    /// <summary>Creates a service without logs and options of its own.</summary>
    /// <param name="logger">The host's log.</param>
    /// <param name="hostApplicationLifetime">Ends the waits when the host stops.</param>
    [Obsolete("Use the constructor with an IServiceProvider and a ResourceLoggerService instead.")]
    public ResourceNotificationService(ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime)
        : this(logger, hostApplicationLifetime, null!, new ResourceLoggerService())
    {
    }

    /// <summary>Creates the service.</summary>
    /// <param name="logger">The host's log.</param>
    /// <param name="hostApplicationLifetime">Ends the waits when the host stops.</param>
    /// <param name="serviceProvider">Has the options.</param>
    /// <param name="resourceLoggerService">Where waits are explained.</param>
    [ActivatorUtilitiesConstructor]
    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(logger);
        ArgumentNullException.ThrowIfNull(hostApplicationLifetime);
        ArgumentNullException.ThrowIfNull(resourceLoggerService);
        _logger = logger;
        _services = serviceProvider;
        _stopping = hostApplicationLifetime.ApplicationStopping;
        Logs = resourceLoggerService;
    }

    /// <summary>The logs of the resources.</summary>
    internal ResourceLoggerService Logs { get; }

    /// <summary>What waits do when the resource they wait for is gone, unless they say so themselves.</summary>
    internal WaitBehavior DefaultWaitBehavior =>
        _services?.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior ?? WaitBehavior.WaitOnResourceUnavailable;

    private TimeProvider Time => _services?.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>Changes the state of all replicas of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the new state from the present one.</param>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in ResourceInstancesAnnotation.IdsOf(resource))
        {
            Update(resource, id, stateFactory);
        }

        return Task.CompletedTask;
    }

    /// <summary>Changes the state of one replica of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">The replica.</param>
    /// <param name="stateFactory">Makes the new state from the present one.</param>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentException.ThrowIfNullOrEmpty(resourceId);
        Update(resource, resourceId, stateFactory);
        return Task.CompletedTask;
    }

    /// <summary>The state of every resource, then each change.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var change in _states.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return change;
        }
    }

    /// <summary>The present state of a replica, or of a resource with one replica.</summary>
    /// <param name="resourceId">The id of the replica, or the name of the resource.</param>
    /// <param name="resourceEvent">The state.</param>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceId);
        resourceEvent = _states.Find(resourceId);
        if (resourceEvent is null && _states.All().Where(e => Matches(e, resourceId)).Take(2).ToList() is [var only])
        {
            resourceEvent = only;
        }

        return resourceEvent is not null;
    }

    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">The name of the resource, or the id of a replica.</param>
    /// <param name="targetState">The state; null means Running.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of the states, and gives that one.</summary>
    /// <param name="resourceName">The name of the resource, or the id of a replica.</param>
    /// <param name="targetStates">The states.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(targetStates);
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var change = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.State?.Text is { } text && states.Contains(text), cancellationToken).ConfigureAwait(false);
        return change.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource satisfies a condition.</summary>
    /// <param name="resourceName">The name of the resource, or the id of a replica.</param>
    /// <param name="predicate">The condition.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(resourceName);
        ArgumentNullException.ThrowIfNull(predicate);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping, _disposed.Token);
        await foreach (var change in _states.WatchAsync(linked.Token).ConfigureAwait(false))
        {
            if (Matches(change, resourceName) && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException($"The host ended before resource '{resourceName}' satisfied the condition.");
    }

    /// <summary>Waits until a resource is running, healthy and ready.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is running, healthy and ready.</summary>
    /// <param name="resourceName">The name of the resource.</param>
    /// <param name="waitBehavior">What happens when the resource ends or fails meanwhile.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DistributedApplicationException">The resource ended or failed, and the wait gives up then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var change = await WaitForResourceAsync(
            resourceName,
            e => e.Snapshot.HealthStatus == HealthStatus.Healthy || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(e)),
            cancellationToken).ConfigureAwait(false);
        if (change.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it is in the state '{change.Snapshot.State?.Text}'{ExitText(change)}.");
        }

        await ReadySource(change.ResourceId).Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return change;
    }

    /// <summary>Waits for everything that the resource declared to wait for.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DistributedApplicationException">One of them ended otherwise than it had to.</exception>
    public Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new DependencyWait(this, resource).RunAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed.Cancel();
        _states.Complete();
        GC.SuppressFinalize(this);
    }

    /// <summary>The present state of all replicas of all resources.</summary>
    internal IReadOnlyList<ResourceEvent> All() => _states.All();

    /// <summary>The handlers of a replica's ResourceReadyEvent have finished.</summary>
    internal void MarkReady(string resourceId) => ReadySource(resourceId).TrySetResult();

    /// <summary>Ends when the handlers of a replica's ResourceReadyEvent have finished.</summary>
    internal Task ReadyAsync(string resourceId) => ReadySource(resourceId).Task;

    /// <summary>True when a resource is in a state that it does not leave by itself.</summary>
    internal static bool IsUnavailable(ResourceEvent change) =>
        change.Snapshot.State?.Text is { } state
        && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.RuntimeUnhealthy);

    /// <summary>", exit code n" where there is one.</summary>
    internal static string ExitText(ResourceEvent change) => change.Snapshot.ExitCode is { } code ? $", exit code {code}" : "";

    private static bool Matches(ResourceEvent change, string nameOrId) =>
        change.Resource.Name.Equals(nameOrId, StringComparison.OrdinalIgnoreCase)
        || change.ResourceId.Equals(nameOrId, StringComparison.OrdinalIgnoreCase);

    private TaskCompletionSource ReadySource(string resourceId) =>
        _ready.GetOrAdd(resourceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private void Update(IResource resource, string id, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        string? before = null;
        var change = _states.Update(resource, id, current =>
        {
            before = current?.State?.Text;
            var next = stateFactory(current ?? SnapshotDefaults.Initial(resource, Time));
            return SnapshotDefaults.WithCommands(resource, SnapshotDefaults.WithHealth(resource, next), _services);
        });
        if (change.Snapshot.State?.Text is { } state && state != before)
        {
            NotificationLog.StateChanged(_logger, id, before ?? "-", state);
        }
    }
}
