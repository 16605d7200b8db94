using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The life of a composed connection string: it waits for what it is composed of, then runs.</summary>
internal static class ConnectionStringLife
{
    public static async Task LiveAsync(ConnectionStringResource resource, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        await started.Eventing.PublishAsync(new BeforeResourceStartedEvent(resource, started.Services), cancellationToken).ConfigureAwait(false);
        var value = await resource.ConnectionStringExpression.GetValueAsync(cancellationToken).ConfigureAwait(false);
        await started.Notifications.PublishUpdateAsync(resource, s => s with
        {
            State = KnownResourceStates.Running,
            Properties = [.. s.Properties, new(CustomResourceKnownProperties.ConnectionString, value) { IsSensitive = true }],
        }).ConfigureAwait(false);
        await started.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, started.Services), cancellationToken).ConfigureAwait(false);
    }
}
