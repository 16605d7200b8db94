using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console logs of the resources: what their processes write and what the host says about them. Memory only, the newest 10,000 lines each.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<LogSubscriber>> _observers = [];
    private readonly CancellationTokenSource _disposed = new();

    /// <summary>Stamps the lines.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Writes to the log of a resource; to those of all replicas where it has several.</summary>
    /// <param name="resource">The resource.</param>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var ids = ResourceInstancesAnnotation.IdsOf(resource);
        return ids.Count == 1 ? Log(ids[0]) : new ResourceLogFanOut([.. ids.Select(Log)]);
    }

    /// <summary>Writes to the log of a resource or replica.</summary>
    /// <param name="resourceName">Its name or id.</param>
    public ILogger GetLogger(string resourceName) => Log(resourceName);

    /// <summary>The lines so far, then those that come, until the resource has ended.</summary>
    /// <param name="resource">The resource.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Merge([.. ResourceInstancesAnnotation.IdsOf(resource).Select(Log)]);
    }

    /// <inheritdoc cref="WatchAsync(IResource)"/>
    /// <param name="resourceName">The name or id of the resource.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Merge([Log(resourceName)]);

    /// <summary>The lines so far.</summary>
    /// <param name="resource">The resource.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return Kept([.. ResourceInstancesAnnotation.IdsOf(resource).Select(Log)]);
    }

    /// <inheritdoc cref="GetAllAsync(IResource)"/>
    /// <param name="resourceName">The name or id of the resource.</param>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName) => Kept([Log(resourceName)]);

    /// <summary>Says whether anybody reads the log of each resource, now and when that changes.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogSubscriber>();
        lock (_observers)
        {
            _observers.Add(channel);
        }

        try
        {
            foreach (var name in _logs.Where(pair => pair.Value.HasReaders).Select(pair => pair.Key))
            {
                yield return new LogSubscriber(name, true);
            }

            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_observers)
            {
                _observers.Remove(channel);
            }
        }
    }

    /// <summary>Ends the streams of those who read a resource's log.</summary>
    /// <param name="resource">The resource.</param>
    public void Complete(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        foreach (var id in ResourceInstancesAnnotation.IdsOf(resource))
        {
            Complete(id);
        }
    }

    /// <inheritdoc cref="Complete(IResource)"/>
    /// <param name="name">The name or id of the resource.</param>
    public void Complete(string name) => Log(name).Complete();

    /// <summary>Forgets the lines of a resource so far.</summary>
    /// <param name="resourceName">The name or id of the resource.</param>
    public void ClearBacklog(string resourceName) => Log(resourceName).Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed.Cancel();
        foreach (var log in _logs.Values)
        {
            log.Complete();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The log of a resource or replica.</summary>
    internal ResourceLog Log(string nameOrId)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrId);
        var key = _aliases.GetValueOrDefault(nameOrId, nameOrId);
        return _logs.GetOrAdd(key, name => new ResourceLog(Time, any => Announce(name, any)));
    }

    /// <summary>Makes a resource with one replica share its log with that replica, also what was written before.</summary>
    internal void Join(string resourceName, string onlyId)
    {
        if (_logs.TryGetValue(resourceName, out var early))
        {
            _logs.TryAdd(onlyId, early);
        }

        _aliases[resourceName] = onlyId;
    }

    private static async IAsyncEnumerable<IReadOnlyList<LogLine>> Kept(IReadOnlyList<ResourceLog> logs)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var lines in logs.Select(log => log.Snapshot()).Where(lines => lines.Count > 0))
        {
            yield return lines;
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> Merge(
        IReadOnlyList<ResourceLog> logs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var merged = Channel.CreateUnbounded<IReadOnlyList<LogLine>>();
        async Task PumpAsync(ResourceLog log)
        {
            await foreach (var lines in log.WatchAsync(linked.Token).ConfigureAwait(false))
            {
                merged.Writer.TryWrite(lines);
            }
        }

        _ = Task.WhenAll(logs.Select(PumpAsync)).ContinueWith(
            _ => merged.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await foreach (var lines in merged.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return lines;
            }
        }
        finally
        {
            await linked.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Announce(string name, bool any)
    {
        lock (_observers)
        {
            _observers.ForEach(observer => observer.Writer.TryWrite(new LogSubscriber(name, any)));
        }
    }
}
