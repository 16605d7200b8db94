using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace WideAppHost;

/// <summary>Events, health checks of one's own, and a resource that drives itself.</summary>
internal static class Life
{
    public static void Add(IDistributedApplicationBuilder builder, Services services)
    {
        builder.Services.AddHealthChecks().AddCheck("always", () => HealthCheckResult.Healthy());
        builder.Services.TryAddEventingSubscriber<Subscriber>();
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Task.CompletedTask);
        builder.OnBeforeStart((started, _) =>
        {
            started.Services.GetRequiredService<ILogger<Subscriber>>();
            return Task.CompletedTask;
        });
        services.Single.WithHealthCheck("always")
            .OnBeforeResourceStarted((_, _, _) => Task.CompletedTask)
            .OnResourceEndpointsAllocated((_, _, _) => Task.CompletedTask)
            .OnResourceReady((_, _, _) => Task.CompletedTask)
            .OnResourceStopped((_, _, _) => Task.CompletedTask);
        builder.AddResource(new ClockResource("clock"))
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "Clock", Properties = [new(CustomResourceKnownProperties.Source, "system")] })
            .OnInitializeResource(async (clock, initialize, cancellationToken) =>
            {
                initialize.Logger.LogInformation("the clock ticks");
                await initialize.Eventing.PublishAsync(new BeforeResourceStartedEvent(clock, initialize.Services), cancellationToken);
                await initialize.Notifications.PublishUpdateAsync(clock, snapshot => snapshot with { State = KnownResourceStates.Running });
            })
            .ExcludeFromManifest();
    }

    private sealed class ClockResource(string name) : Resource(name), IResourceWithWaitSupport;

    private sealed class Subscriber : IDistributedApplicationEventingSubscriber
    {
        public Task SubscribeAsync(IDistributedApplicationEventing eventing, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
        {
            eventing.Subscribe<BeforeStartEvent>((_, _) => Task.CompletedTask);
            return Task.CompletedTask;
        }
    }
}
