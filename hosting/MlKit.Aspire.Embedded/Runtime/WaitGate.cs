using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Makes resources wait for those they declared, each time one is about to start, except by command.</summary>
internal sealed class WaitGate(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    private readonly ConcurrentDictionary<IResource, bool> _open = new();

    /// <summary>The application.</summary>
    public DistributedApplicationModel Model => model;

    /// <summary>Waits, unless the gate is open for the resource.</summary>
    public Task PassAsync(BeforeResourceStartedEvent started, CancellationToken cancellationToken) =>
        _open.ContainsKey(started.Resource)
            ? Task.CompletedTask
            : notifications.WaitForDependenciesAsync(started.Resource, cancellationToken);

    /// <summary>Lets the resource pass until the result is disposed.</summary>
    public IDisposable Open(IResource resource)
    {
        _open[resource] = true;
        return new Opening(this, resource);
    }

    private sealed class Opening(WaitGate gate, IResource resource) : IDisposable
    {
        public void Dispose() => gate._open.TryRemove(resource, out _);
    }
}
