using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happened to the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happened to a resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    /// <summary>The resource.</summary>
    IResource Resource { get; }

    /// <summary>The services of the application.</summary>
    IServiceProvider Services => throw new InvalidOperationException($"{GetType().Name} does not carry services.");

    /// <summary>The log of the resource.</summary>
    ILogger Logger => NullLogger.Instance;
}

/// <summary>Publishes events and finds those who want them.</summary>
public interface IDistributedApplicationEventing
{
    /// <summary>Publishes an event; subscribers run one after the other, and the first exception ends it.</summary>
    /// <param name="event">The event.</param>
    /// <param name="cancellationToken">Ends the subscribers' work.</param>
    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    /// <summary>Publishes an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="dispatchBehavior">Whether subscribers run one after the other or together, and whether they are waited for.</param>
    /// <param name="cancellationToken">Ends the subscribers' work.</param>
    Task PublishAsync<T>(T @event, EventDispatchBehavior dispatchBehavior, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    /// <summary>Subscribes to all events of a type.</summary>
    /// <param name="callback">What is called.</param>
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    /// <summary>Subscribes to the events of a type of one resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="callback">What is called.</param>
    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    /// <summary>Ends a subscription.</summary>
    /// <param name="subscription">The subscription.</param>
    void Unsubscribe(DistributedApplicationEventSubscription subscription);
}

/// <summary>A subscription.</summary>
/// <param name="callback">What is called.</param>
public class DistributedApplicationEventSubscription(Func<IDistributedApplicationEvent, CancellationToken, Task> callback)
{
    /// <summary>What is called.</summary>
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback ?? throw new ArgumentNullException(nameof(callback));
}

/// <summary>How subscribers of an event run.</summary>
public enum EventDispatchBehavior
{
    /// <summary>One after the other, waited for.</summary>
    BlockingSequential = 0,

    /// <summary>Together, waited for.</summary>
    BlockingConcurrent = 1,

    /// <summary>One after the other, not waited for.</summary>
    NonBlockingSequential = 2,

    /// <summary>Together, not waited for.</summary>
    NonBlockingConcurrent = 3,
}
