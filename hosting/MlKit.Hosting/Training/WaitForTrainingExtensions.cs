using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Lets a service start once training has ended, also when the new model was refused.</summary>
public static class WaitForTrainingExtensions
{
    /// <summary>The worker's exit code when a gate refused the new model: the champion, if there is one, goes on serving.</summary>
    internal const int GateRefused = 3;

    /// <summary>
    /// Holds the resource back until <paramref name="training"/> has ended. Unlike <c>WaitForCompletion</c> it accepts a
    /// refused promotion, after which the system runs on with the model that it has. In a cluster it has no effect:
    /// there a service becomes ready when its model is there.
    /// </summary>
    /// <exception cref="DistributedApplicationException">Training failed: at start, shown at the waiting resource.</exception>
    public static IResourceBuilder<T> WaitForTraining<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> training)
        where T : IResourceWithWaitSupport
    {
        ArgumentNullException.ThrowIfNull(training);
        return builder
            .WithRelationship(training.Resource, "WaitFor")
            .OnBeforeResourceStarted((waiter, started, cancellationToken) =>
                WaitAsync(waiter, training.Resource, started.Services, cancellationToken));
    }

    private static async Task WaitAsync(
        IResource waiter, IResource training, IServiceProvider services, CancellationToken cancellationToken)
    {
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        await notifications.PublishUpdateAsync(waiter, snapshot => snapshot with { State = KnownResourceStates.Waiting })
            .ConfigureAwait(false);
        var ended = await notifications.WaitForResourceAsync(
            training.Name,
            change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text, StringComparer.Ordinal),
            cancellationToken).ConfigureAwait(false);

        if (ended.Snapshot.ExitCode is not (0 or GateRefused))
        {
            throw new DistributedApplicationException(
                $"'{waiter.Name}' needs a trained model, but '{training.Name}' ended as {ended.Snapshot.State?.Text} "
                + $"with exit code {ended.Snapshot.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "unknown"}.");
        }

        await notifications.PublishUpdateAsync(waiter, snapshot => snapshot with { State = KnownResourceStates.Starting })
            .ConfigureAwait(false);
    }
}
