using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Waits for the resources that one resource declared to wait for.</summary>
internal sealed class DependencyWait(ResourceNotificationService notifications, IResource waiter)
{
    private readonly ILogger _logger = notifications.Logs.GetLogger(waiter);

    /// <summary>Shows the waiter as Waiting while any of them is not where it must be.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var waits = waiter.Annotations.OfType<WaitAnnotation>()
            .Where(wait => wait.Resource is not IResourceWithoutLifetime)
            .SelectMany(wait => ResourceInstancesAnnotation.IdsOf(wait.Resource), (wait, id) => WaitAsync(wait, id, cancellationToken))
            .ToList();
        var all = Task.WhenAll(waits);
        if (!all.IsCompleted)
        {
            await notifications.PublishUpdateAsync(waiter, s => s with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        }

        // The first failure counts at once: the others may never come to an end.
        await foreach (var finished in Task.WhenEach(waits).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            await finished.ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        switch (wait.WaitType)
        {
            case WaitType.WaitForCompletion:
                await WaitForCompletionAsync(wait, id, cancellationToken).ConfigureAwait(false);
                break;
            case WaitType.WaitUntilStarted:
                await WaitForStateAsync(wait, id, "start", e => e.Snapshot.State?.Text == KnownResourceStates.Running, cancellationToken).ConfigureAwait(false);
                break;
            default:
                await WaitForStateAsync(wait, id, "be running and healthy", e => e.Snapshot.HealthStatus == HealthStatus.Healthy, cancellationToken).ConfigureAwait(false);
                await notifications.ReadyAsync(id).WaitAsync(cancellationToken).ConfigureAwait(false);
                break;
        }

        NotificationLog.FinishedWaiting(_logger, wait.Resource.Name);
    }

    private async Task WaitForStateAsync(WaitAnnotation wait, string id, string goal, Func<ResourceEvent, bool> reached, CancellationToken cancellationToken)
    {
        NotificationLog.Waiting(_logger, wait.Resource.Name, goal);
        var gives = (wait.WaitBehavior ?? notifications.DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        var change = await notifications.WaitForResourceAsync(
            id, e => reached(e) || (gives && ResourceNotificationService.IsUnavailable(e)), cancellationToken).ConfigureAwait(false);
        if (!reached(change))
        {
            throw new DistributedApplicationException(
                $"Dependency resource '{wait.Resource.Name}' is in the state '{change.Snapshot.State?.Text}'{ResourceNotificationService.ExitText(change)}, so '{waiter.Name}' cannot start.");
        }
    }

    private async Task WaitForCompletionAsync(WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        NotificationLog.Waiting(_logger, wait.Resource.Name, "complete");
        var change = await notifications.WaitForResourceAsync(
            id, e => e.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state), cancellationToken).ConfigureAwait(false);
        if (change.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
        {
            throw new DistributedApplicationException($"Dependency resource '{wait.Resource.Name}' failed to start, so '{waiter.Name}' cannot start.");
        }

        if (change.Snapshot.ExitCode is { } code && code != wait.ExitCode)
        {
            throw new DistributedApplicationException(
                $"Resource '{wait.Resource.Name}' ended with exit code {code}, expected {wait.ExitCode}, so '{waiter.Name}' cannot start.");
        }
    }
}
