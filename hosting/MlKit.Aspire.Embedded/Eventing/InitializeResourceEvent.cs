using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource can begin its life; one that is no process, project or container drives itself from here.</summary>
/// <param name="resource">The resource.</param>
/// <param name="distributedApplicationEventing">Publishes events.</param>
/// <param name="resourceLoggerService">The logs of the resources.</param>
/// <param name="resourceNotificationService">The states of the resources.</param>
/// <param name="services">The services of the application.</param>
public class InitializeResourceEvent(
    IResource resource,
    IDistributedApplicationEventing distributedApplicationEventing,
    ResourceLoggerService resourceLoggerService,
    ResourceNotificationService resourceNotificationService,
    IServiceProvider services) : IDistributedApplicationResourceEvent
{
    /// <inheritdoc/>
    public IResource Resource { get; } = resource;

    /// <summary>Publishes events.</summary>
    public IDistributedApplicationEventing Eventing { get; } = distributedApplicationEventing;

    /// <inheritdoc/>
    public ILogger Logger { get; } = resourceLoggerService.GetLogger(resource);

    /// <summary>The states of the resources.</summary>
    public ResourceNotificationService Notifications { get; } = resourceNotificationService;

    /// <inheritdoc/>
    public IServiceProvider Services { get; } = services;
}
