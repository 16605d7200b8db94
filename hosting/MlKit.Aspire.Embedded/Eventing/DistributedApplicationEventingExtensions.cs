using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

/// <summary>Subscribes to events.</summary>
public static class DistributedApplicationEventingExtensions
{
    /// <summary>Before the application starts; the model can still be changed.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="callback">What is called.</param>
    public static T OnBeforeStart<T>(this T builder, Func<BeforeStartEvent, CancellationToken, Task> callback)
        where T : IDistributedApplicationBuilder => builder.On(callback);

    /// <summary>Before the application is published.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="callback">What is called.</param>
    public static T OnBeforePublish<T>(this T builder, Func<BeforePublishEvent, CancellationToken, Task> callback)
        where T : IDistributedApplicationBuilder => builder.On(callback);

    /// <summary>After the application was published.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="callback">What is called.</param>
    public static T OnAfterPublish<T>(this T builder, Func<AfterPublishEvent, CancellationToken, Task> callback)
        where T : IDistributedApplicationBuilder => builder.On(callback);

    /// <summary>When the resource can begin its life; one that is no process, project or container drives itself from here.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">What is called.</param>
    public static IResourceBuilder<T> OnInitializeResource<T>(this IResourceBuilder<T> builder, Func<T, InitializeResourceEvent, CancellationToken, Task> callback)
        where T : IResource => builder.OnEvent(callback);

    /// <summary>When the endpoints of the resource have addresses.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">What is called.</param>
    public static IResourceBuilder<T> OnResourceEndpointsAllocated<T>(this IResourceBuilder<T> builder, Func<T, ResourceEndpointsAllocatedEvent, CancellationToken, Task> callback)
        where T : IResourceWithEndpoints => builder.OnEvent(callback);

    /// <summary>When the connection string of the resource is known.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">What is called.</param>
    public static IResourceBuilder<T> OnConnectionStringAvailable<T>(this IResourceBuilder<T> builder, Func<T, ConnectionStringAvailableEvent, CancellationToken, Task> callback)
        where T : IResourceWithConnectionString => builder.OnEvent(callback);

    /// <summary>Before the resource starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">What is called.</param>
    public static IResourceBuilder<T> OnBeforeResourceStarted<T>(this IResourceBuilder<T> builder, Func<T, BeforeResourceStartedEvent, CancellationToken, Task> callback)
        where T : IResource => builder.OnEvent(callback);

    /// <summary>When the resource is running and, where it has health checks, healthy for the first time.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">What is called.</param>
    public static IResourceBuilder<T> OnResourceReady<T>(this IResourceBuilder<T> builder, Func<T, ResourceReadyEvent, CancellationToken, Task> callback)
        where T : IResource => builder.OnEvent(callback);

    /// <summary>When the resource ended.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">What is called.</param>
    public static IResourceBuilder<T> OnResourceStopped<T>(this IResourceBuilder<T> builder, Func<T, ResourceStoppedEvent, CancellationToken, Task> callback)
        where T : IResource => builder.OnEvent(callback);

    private static TBuilder On<TBuilder, TEvent>(this TBuilder builder, Func<TEvent, CancellationToken, Task> callback)
        where TBuilder : IDistributedApplicationBuilder
        where TEvent : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Eventing.Subscribe(callback);
        return builder;
    }

    private static IResourceBuilder<TResource> OnEvent<TResource, TEvent>(this IResourceBuilder<TResource> builder, Func<TResource, TEvent, CancellationToken, Task> callback)
        where TResource : IResource
        where TEvent : IDistributedApplicationResourceEvent
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        var resource = builder.Resource;
        builder.ApplicationBuilder.Eventing.Subscribe<TEvent>(resource, (@event, cancellationToken) => callback(resource, @event, cancellationToken));
        return builder;
    }
}
