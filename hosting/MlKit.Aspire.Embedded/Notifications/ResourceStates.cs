using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The last snapshot of every instance, and those who watch the changes.</summary>
internal sealed class ResourceStates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<ResourceEvent>> _watchers = [];
    private bool _completed;

    /// <summary>Replaces the snapshot of an instance by what <paramref name="update"/> makes of it, and tells the watchers.</summary>
    public ResourceEvent Update(IResource resource, string id, Func<CustomResourceSnapshot?, CustomResourceSnapshot> update)
    {
        lock (_gate)
        {
            var change = new ResourceEvent(resource, id, update(_current.GetValueOrDefault(id)?.Snapshot));
            _current[id] = change;
            _watchers.ForEach(watcher => watcher.Writer.TryWrite(change));
            return change;
        }
    }

    /// <summary>The last snapshot of an instance.</summary>
    public ResourceEvent? Find(string id)
    {
        lock (_gate)
        {
            return _current.GetValueOrDefault(id);
        }
    }

    /// <summary>The last snapshots of all instances.</summary>
    public IReadOnlyList<ResourceEvent> All()
    {
        lock (_gate)
        {
            return [.. _current.Values];
        }
    }

    /// <summary>The last snapshot of every instance, then each change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var change in _current.Values)
            {
                channel.Writer.TryWrite(change);
            }

            _watchers.Add(channel);
            if (_completed)
            {
                channel.Writer.TryComplete();
            }
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }

    /// <summary>Ends all watches.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _watchers.ForEach(watcher => watcher.Writer.TryComplete());
        }
    }
}
