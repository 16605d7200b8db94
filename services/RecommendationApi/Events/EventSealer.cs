using System.Globalization;
using System.Text.Json;
using MlKit.Feast;
using ParquetLog = MlKit.Feast.EventLog;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.RecommendationApi.Events;

/// <summary>
/// Turns the lines of days that <see cref="EventLog"/> no longer looks at into Parquet beside them, which is a tenth of
/// the size and can be queried. Lines go only after their events are in Parquet; readers count an id once.
/// </summary>
internal sealed partial class EventSealer(string root, TimeProvider time, ILogger<EventSealer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private static readonly Field[] Columns =
    [
        new("event_id", ValueType.String), new("user_id", ValueType.String), new("item_id", ValueType.String), new("type", ValueType.String),
        new("value", ValueType.Double),
    ];

    /// <summary>Seals what is old enough now; returns how many events.</summary>
    /// <exception cref="FeastException">The Parquet file cannot be written; the lines stay.</exception>
    internal async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        var newest = $"date={time.GetUtcNow().AddDays(-EventLog.RememberedDays - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        var days = Directory.Exists(root) ? Directory.GetDirectories(root, "date=*") : [];
        var count = 0;
        foreach (var file in days.Where(day => string.CompareOrdinal(Path.GetFileName(day), newest) < 0)
            .SelectMany(day => Directory.GetFiles(day, "*.jsonl", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
        {
            var events = Events(file).ToList();
            using var log = new ParquetLog(root, Columns, time: time);
            await log.AppendAsync(Frame(events), cancellationToken);
            File.Delete(file);
            count += events.Count;
        }

        return count;
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
            }
            catch (Exception error) when (error is FeastException or IOException or UnauthorizedAccessException)
            {
                LogFailed(error.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static IEnumerable<EventMessage> Events(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            EventMessage? one = null;
            try
            {
                one = JsonSerializer.Deserialize(line, Recommendations.ApiJson.Default.EventMessage);
            }
            catch (JsonException)
            {
                // The last line of a process that was killed; its client got no answer and sent it again.
            }

            if (one?.Timestamp is not null)
            {
                yield return one;
            }
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
