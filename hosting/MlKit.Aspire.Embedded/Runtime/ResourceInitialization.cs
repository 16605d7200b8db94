using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Gives all resources their addresses and first snapshots, and tells those who listen, before anything starts.</summary>
internal static class ResourceInitialization
{
    /// <summary>Does so.</summary>
    /// <param name="model">The application.</param>
    /// <param name="context">The run.</param>
    /// <param name="say">Writes a line for the user.</param>
    /// <param name="stopping">Ends what the author's handlers began.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task RunAsync(
        DistributedApplicationModel model, RunContext context, Action<string> say, CancellationToken stopping, CancellationToken cancellationToken)
    {
        // All addresses first: the URLs and handlers of one resource may name another.
        foreach (var resource in model.Resources.ToList())
        {
            foreach (var note in context.Endpoints.Allocate(resource))
            {
                say(note);
            }

            await context.Notifications.PublishUpdateAsync(resource, s => s);
        }

        foreach (var resource in model.Resources.ToList())
        {
            var urls = await ResourceUrls.OfAsync(resource, context.Execution, context.Logs.GetLogger(resource), cancellationToken);
            await context.Notifications.PublishUpdateAsync(resource, s => s with { Urls = urls });
            await context.Eventing.PublishAsync(
                new InitializeResourceEvent(resource, context.Eventing, context.Logs, context.Notifications, context.Services),
                EventDispatchBehavior.NonBlockingSequential,
                stopping);
            await context.Eventing.PublishAsync(
                new ResourceEndpointsAllocatedEvent(resource, context.Services), EventDispatchBehavior.NonBlockingConcurrent, stopping);
        }

        await PassiveResources.PublishParametersAsync(model, context.Notifications, cancellationToken);
    }
}
