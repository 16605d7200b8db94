using System.Collections.Concurrent;
using MlKit.Feast;

namespace MlKit.FeatureServer.Hosting;

/// <summary>Runs materializations: at once for a client that waits, or a few at a time behind its back.</summary>
internal sealed partial class MaterializationJobs(
    FeatureStore store, FeatureServerOptions options, FeastMetrics metrics, TimeProvider time, ILogger<MaterializationJobs> logger) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _turns = new(options.MaterializationWorkers);
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Runs a job while the client waits.</summary>
    /// <exception cref="FeastException">A view is unknown or not online, or a store fails.</exception>
    public async Task RunAsync(MaterializationJob job, CancellationToken cancellationToken)
    {
        foreach (var view in store.MaterializableViews(job.Views))
        {
            await RunViewAsync(job, view.Name, cancellationToken);
        }
    }

    /// <summary>Queues a job; if views of it are at work already and <paramref name="force"/> is not set, it says which and does nothing.</summary>
    /// <exception cref="FeastException">A view is unknown or not online.</exception>
    public async Task<(IReadOnlyList<string> Views, IReadOnlyList<string> Busy)> QueueAsync(
        MaterializationJob job, bool force, CancellationToken cancellationToken)
    {
        var views = store.MaterializableViews(job.Views);
        var names = views.Select(view => view.Name).ToList();
        if (force)
        {
            await store.ResetMaterializingAsync(names, cancellationToken);
        }
        else if (views.Where(view => view.IsMaterializing || _busy.ContainsKey(view.Name)).Select(view => view.Name).ToList() is { Count: > 0 } busy)
        {
            return (names, busy);
        }

        foreach (var name in names)
        {
            _busy[name] = true;
        }

        var run = Task.Run(() => WorkAsync(job, names), CancellationToken.None);
        _running[run] = true;
        _ = run.ContinueWith(done => _running.TryRemove(done, out _), TaskScheduler.Default);
        return (names, []);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _turns.Dispose();
    }

    private async Task WorkAsync(MaterializationJob job, List<string> views)
    {
        try
        {
            await _turns.WaitAsync(_stopping.Token);
            try
            {
                foreach (var view in views)
                {
                    await RunViewAsync(job, view, _stopping.Token);
                    _busy.TryRemove(view, out _);
                }
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException)
        {
            LogStopped(string.Join(", ", views.Where(_busy.ContainsKey)));
        }
        catch (FeastException error)
        {
            LogFailed(string.Join(", ", views.Where(_busy.ContainsKey)), error.Message);
        }
        finally
        {
            views.ForEach(view => _busy.TryRemove(view, out _));
        }
    }

    private async Task RunViewAsync(MaterializationJob job, string view, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var success = false;
        try
        {
            var written = job.Start is { } start
                ? await store.MaterializeAsync(start, job.End, [view], cancellationToken: cancellationToken)
                : await store.MaterializeIncrementalAsync(job.End, [view], cancellationToken: cancellationToken);
            success = true;
            LogDone(view, written[view], time.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            metrics.Materialized(view, success, time.GetElapsedTime(started));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Materialized {View}: {Rows} rows written in {Seconds:0.0} s")]
    private partial void LogDone(string view, int rows, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped before these views were materialized; repeat the request: {Views}")]
    private partial void LogStopped(string views);

    [LoggerMessage(Level = LogLevel.Error, Message = "These views could not be materialized: {Views}: {Reason}")]
    private partial void LogFailed(string views, string reason);
}
