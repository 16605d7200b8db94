using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The states of resources that are no processes: parameters, and children that live as their parent does.</summary>
internal static class PassiveResources
{
    /// <summary>Shows the parameters with their values (secrets masked) or as missing.</summary>
    public static async Task PublishParametersAsync(DistributedApplicationModel model, ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            await PublishAsync(parameter, notifications, cancellationToken);
        }
    }

    /// <summary>Shows one parameter as it is now.</summary>
    public static async Task PublishAsync(ParameterResource parameter, ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        var (state, value) = await ReadAsync(parameter, cancellationToken);
        await notifications.PublishUpdateAsync(parameter, s => s with
        {
            ResourceType = "Parameter",
            State = state,
            Properties = ProcessSnapshots.Merge(s.Properties, [new ResourcePropertySnapshot("Value", value) { IsSensitive = parameter.Secret }]),
        });
    }

    /// <summary>Copies the state of a parent to the children that have none of their own, until the token ends it.</summary>
    public static async Task FollowParentsAsync(DistributedApplicationModel model, ResourceNotificationService notifications, CancellationToken cancellationToken)
    {
        var children = model.Resources
            .Where(r => r is IResourceWithParent && !Orchestrator.IsStarted(r) && !r.Annotations.OfType<ResourceSnapshotAnnotation>().Any())
            .ToLookup(r => ((IResourceWithParent)r).Parent);
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken))
            {
                foreach (var child in children[change.Resource])
                {
                    await notifications.PublishUpdateAsync(child, s => s with
                    {
                        State = change.Snapshot.State,
                        StartTimeStamp = change.Snapshot.StartTimeStamp,
                        StopTimeStamp = change.Snapshot.StopTimeStamp,
                        ExitCode = change.Snapshot.ExitCode,
                    });
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private static async Task<(ResourceStateSnapshot State, string? Value)> ReadAsync(ParameterResource parameter, CancellationToken cancellationToken)
    {
        if (parameter.WaitForValueTcs is { Task.IsCompleted: false })
        {
            return (new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn), null);
        }

        try
        {
            return (new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success), await parameter.GetValueAsync(cancellationToken));
        }
        catch (MissingParameterValueException)
        {
            return (new ResourceStateSnapshot(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The author's callback failed: whoever uses the parameter fails with the same message.
            return (new ResourceStateSnapshot("Error initializing parameter", KnownResourceStateStyles.Error), e.Message);
        }
    }
}
