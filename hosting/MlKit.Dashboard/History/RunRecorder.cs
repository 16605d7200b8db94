using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.ResourceService;

namespace MlKit.Dashboard.History;

/// <summary>
/// Writes what arrives to the run's database, once a second and off the paths that receive it. What arrives faster
/// than the disk takes it is not recorded, and counted.
/// </summary>
internal sealed partial class RunRecorder(
    RunArchive archive, HistoryOptions options, TelemetryLimits limits, RunReplay replay, TimeProvider time, ILogger<RunRecorder> logger) : BackgroundService
{
    private const long MaxPendingBytes = 32 * 1024 * 1024;
    private const int MaxBatchBytes = 4 * 1024 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly ConcurrentQueue<Entry> _pending = new();
    private readonly ConcurrentDictionary<string, Resource> _resources = new();
    private long _pendingBytes;
    private long _lost;

    /// <summary>What a signal may take on the disk.</summary>
    private long Share => (long)options.MaxRunMegabytes * 1024 * 1024 / Enum.GetValues<RecordedSignal>().Length;

    /// <summary>A batch goes as a whole when room is made, so one must be a small part of its signal's share.</summary>
    private long BatchBytes => Math.Min(MaxBatchBytes, Share / 4);

    /// <summary>Records that did not get to the disk.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>What waits to be written.</summary>
    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    /// <summary>Takes a message that has arrived; it must not be changed any more.</summary>
    public void Record(RecordedSignal signal, int items, IMessage message)
    {
        if (!archive.IsOn || items == 0)
        {
            return;
        }

        var size = message.CalculateSize();
        if (Interlocked.Add(ref _pendingBytes, size) > MaxPendingBytes)
        {
            Interlocked.Add(ref _pendingBytes, -size);
            Interlocked.Add(ref _lost, items);
            return;
        }

        _pending.Enqueue(new Entry(signal, items, size, message));
    }

    /// <summary>Takes the states of resources; the last of each is kept. A secret value that a host sent all the same goes no further.</summary>
    public void Record(ResourcesUpdate update)
    {
        if (archive.IsOn)
        {
            foreach (var resource in update.Upserted)
            {
                var kept = resource.Clone();
                foreach (var variable in kept.Environment.Where(variable => variable.IsSecret))
                {
                    variable.Value = "";
                }

                foreach (var property in kept.Properties.Where(property => property.IsSecret))
                {
                    property.Value = "";
                }

                // A past run takes no commands; what they would have asked for is of no use to it.
                kept.Commands.Clear();
                _resources[resource.Id] = kept;
            }
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (archive.IsOn)
        {
            Begin();
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!archive.IsOn)
        {
            return;
        }

        // The first wait also lets the dashboard start to listen.
        using var timer = new PeriodicTimer(Pace, time);
        try
        {
            using var database = RunDatabase.Create(archive.LiveFolder.Database);
            while (await WaitAsync(timer, stoppingToken))
            {
                Flush(database);
            }

            Flush(database);
            archive.LiveFolder.Save(archive.Live.Info with { EndedAt = time.GetUtcNow() });
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            // Watching goes on; the run is only not kept any further.
            LogStopped(archive.LiveFolder.Path, problem.Message);
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A dashboard that comes back within its run goes on with what it had.
    private void Begin()
    {
        try
        {
            var folder = archive.LiveFolder;
            folder.Make();
            var isBack = File.Exists(folder.Database);
            using var database = RunDatabase.Create(folder.Database);
            folder.Save(archive.Live.Info);
            archive.DeleteOldest();
            if (isBack)
            {
                replay.Telemetry(database, archive.Live.Stores);
            }
        }
        catch (Exception problem) when (problem is SqliteException or IOException or InvalidDataException or UnauthorizedAccessException or InvalidProtocolBufferException)
        {
            LogStopped(archive.LiveFolder.Path, problem.Message);
        }
    }

    private void Flush(RunDatabase database)
    {
        var entries = new List<Entry>();
        while (entries.Count < 100_000 && _pending.TryDequeue(out var entry))
        {
            entries.Add(entry);
            Interlocked.Add(ref _pendingBytes, -entry.Bytes);
        }

        var resources = ChangedResources();
        if (entries.Count == 0 && resources.Count == 0)
        {
            return;
        }

        database.Write(Join(entries), resources);
        foreach (var signal in entries.Select(entry => entry.Signal).Distinct())
        {
            Prune(database, signal);
        }
    }

    private List<RecordedResource> ChangedResources()
    {
        var changed = new List<RecordedResource>();
        var known = archive.Live.Stores.Resources.All.ToDictionary(resource => resource.Id);
        foreach (var id in _resources.Keys.ToList())
        {
            if (_resources.TryRemove(id, out var resource))
            {
                var snapshot = known.GetValueOrDefault(id);
                changed.Add(new RecordedResource(id, snapshot?.FirstRunningAt, snapshot?.FirstHealthyAt, resource.ToByteArray()));
            }
        }

        return changed;
    }

    private IEnumerable<RecordedBatch> Join(List<Entry> entries)
    {
        foreach (var group in entries.GroupBy(entry => entry.Signal))
        {
            var items = 0;
            using var joined = new MemoryStream();
            foreach (var entry in group)
            {
                entry.Message.WriteTo(joined);
                items += entry.Items;
                if (joined.Length >= BatchBytes)
                {
                    yield return new RecordedBatch(group.Key, items, joined.ToArray());
                    joined.SetLength(0);
                    items = 0;
                }
            }

            if (items > 0)
            {
                yield return new RecordedBatch(group.Key, items, joined.ToArray());
            }
        }
    }

    // What memory would have dropped needs no place on the disk either. Pruning a good piece at once makes it rare.
    private void Prune(RunDatabase database, RecordedSignal signal)
    {
        var most = signal switch
        {
            RecordedSignal.Traces => limits.MaxSpanCount,
            RecordedSignal.Logs => limits.MaxLogCount,
            RecordedSignal.Metrics => limits.MaxPointCount,
            _ => 10L * limits.MaxConsoleLineCount,
        };
        var (items, bytes) = database.Total(signal);
        if (items > most + (most / 4) || bytes > Share)
        {
            database.Prune(signal, most, Share - (Share / 4));
        }
    }

    private sealed record Entry(RecordedSignal Signal, int Items, int Bytes, IMessage Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This run is not kept in {Folder}: {Problem}")]
    private partial void LogStopped(string folder, string problem);
}
