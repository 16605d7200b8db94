using MlKit.Feast;
using MlKit.Storage;
using ParquetLog = MlKit.Feast.EventLog;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.RecommendationApi.Events;

/// <summary>
/// Turns the lines of days that <see cref="EventLog"/> no longer looks at into Parquet beside them, which is a tenth of
/// the size and can be queried; in a bucket it also merges the small files of younger days. Lines go only after their
/// events are elsewhere; readers count an id once.
/// </summary>
internal sealed partial class EventSealer(
    string location, EventLog log, TimeProvider time, ILogger<EventSealer> logger, S3Options? s3 = null) : BackgroundService
{
    /// <summary>Events that are turned into one file at most.</summary>
    private const int EventsAtATime = 50_000;

    /// <summary>Small files of one writer and day that are worth a merge.</summary>
    private const int WorthMerging = 16;

    private const long SmallFile = 8 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private static readonly Field[] Columns =
    [
        new("event_id", ValueType.String), new("user_id", ValueType.String), new("item_id", ValueType.String), new("type", ValueType.String),
        new("value", ValueType.Double),
    ];

    private readonly IObjectStore _store = ObjectStores.Open(location, s3);

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        (_store as IDisposable)?.Dispose();
    }

    /// <summary>Seals what is old enough now; returns how many events.</summary>
    /// <exception cref="FeastException">The Parquet file cannot be written; the lines stay.</exception>
    internal async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var newest = EventLines.Day(time.GetUtcNow().AddDays(-EventLog.RememberedDays - 1));
        var count = 0;
        foreach (var day in (await EventLines.ListAsync(_store, "", cancellationToken)).GroupBy(DayOf).Where(day => string.CompareOrdinal(day.Key, newest) < 0))
        {
            count += await SealDayAsync([.. day.Select(file => file.Name)], cancellationToken);
        }

        return count;
    }

    /// <summary>Merges small files of a bucket: this process's own, and those of days that are over.</summary>
    /// <returns>How many files there are less.</returns>
    /// <exception cref="IOException">The bucket refuses; the files stay.</exception>
    internal async Task<int> MergeAsync(CancellationToken cancellationToken)
    {
        if (_store.LocalPath("any") is not null)
        {
            return 0;
        }

        var less = 0;
        // An hour of grace: clocks of other writers may be behind.
        var today = EventLines.Day(time.GetUtcNow() - Pause);
        var small = (await EventLines.ListAsync(_store, "", cancellationToken)).Where(file => file.Size < SmallFile)
            .GroupBy(file => file.Name[..file.Name.LastIndexOf('/')]).Where(folder => folder.Count() >= WorthMerging).ToList();
        foreach (var folder in small.Where(folder =>
            folder.Key.EndsWith($"/writer={log.Writer}", StringComparison.Ordinal) || string.CompareOrdinal(DayOf(folder.First()), today) < 0))
        {
            less += await MergeAsync(folder.Key, [.. folder.Select(file => file.Name)], cancellationToken);
        }

        return less;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                if (await SealAsync(stoppingToken) is > 0 and var count)
                {
                    LogSealed(count);
                }

                await MergeAsync(stoppingToken);
            }
            catch (Exception error) when (error is FeastException or IOException or UnauthorizedAccessException)
            {
                LogFailed(error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static string DayOf(ObjectEntry file) => file.Name[..Math.Max(0, file.Name.IndexOf('/', StringComparison.Ordinal))];

    private async Task<int> SealDayAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        using var parquet = new ParquetLog(location, Columns, time: time, s3: s3);
        var count = 0;
        var events = new List<EventMessage>();
        var done = new List<string>();
        foreach (var file in files)
        {
            await foreach (var one in EventLines.ReadAsync(_store, file, cancellationToken))
            {
                events.Add(one);
                if (events.Count == EventsAtATime)
                {
                    await MoveAsync();
                }
            }

            done.Add(file);
        }

        await MoveAsync();
        return count;

        async Task MoveAsync()
        {
            await parquet.AppendAsync(Frame(events.Where(one => one.Timestamp is not null).ToList()), cancellationToken);
            count += events.Count;
            events.Clear();
            foreach (var file in done)
            {
                await _store.DeleteAsync(file, cancellationToken);
            }

            done.Clear();
        }
    }

    private async Task<int> MergeAsync(string folder, IReadOnlyList<string> small, CancellationToken cancellationToken)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var merged = new FileStream(path, FileMode.Truncate, FileAccess.ReadWrite))
            {
                foreach (var file in small)
                {
                    await using var lines = await _store.OpenReadAsync(file, cancellationToken);
                    await lines.CopyToAsync(merged, cancellationToken);
                }

                merged.Position = 0;
                await _store.WriteAsync(EventLog.PartName(folder, time.GetUtcNow()), merged, cancellationToken: cancellationToken);
            }

            foreach (var file in small)
            {
                await _store.DeleteAsync(file, cancellationToken);
            }

            return small.Count - 1;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static FeatureFrame Frame(List<EventMessage> events) => new(
        new FeatureColumn("event_id", events.Select(one => one.EventId).ToArray()),
        new FeatureColumn("user_id", events.Select(one => one.UserId).ToArray()),
        new FeatureColumn("item_id", events.Select(one => one.ItemId).ToArray()),
        new FeatureColumn("type", events.Select(one => one.Type).ToArray()),
        new FeatureColumn("value", events.Select(one => one.Value).ToArray()),
        new FeatureColumn("event_timestamp", events.Select(one => one.Timestamp).ToArray()));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} old events are in Parquet now")]
    private partial void LogSealed(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old events stay as lines for now: {Reason}")]
    private partial void LogFailed(string reason);
}
