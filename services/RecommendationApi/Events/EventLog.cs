using System.Globalization;
using System.Text.Json;
using MlKit.RecommendationApi.Recommendations;

namespace MlKit.RecommendationApi.Events;

/// <summary>
/// Keeps accepted events: one JSON object per line in <c>date=YYYY-MM-DD/writer=ID/part-0.jsonl</c> by day of arrival.
/// Each process writes files of its own. Ids are remembered over restarts, so that a repeated event is recognised.
/// </summary>
internal sealed class EventLog
{
    /// <summary>Days whose ids are known after a restart; older lines may be moved by <see cref="EventSealer"/>.</summary>
    public const int RememberedDays = 7;

    private readonly SemaphoreSlim _writing = new(1);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly string _root;
    private readonly string _writer = Guid.NewGuid().ToString("n")[..12];
    private readonly TimeProvider _time;

    /// <param name="root">Folder of the log.</param>
    /// <param name="time">The clock.</param>
    public EventLog(string root, TimeProvider time)
    {
        (_root, _time) = (root, time);
        ReadIds();
    }

    /// <summary>Writes the events that are new and returns them; an id twice in one list counts once.</summary>
    /// <exception cref="IOException">The disk refuses; nothing of the list is accepted.</exception>
    public async Task<IReadOnlyList<EventMessage>> AppendAsync(IReadOnlyList<EventMessage> events, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var fresh = events.Where(one => !_ids.Contains(one.EventId!)).DistinctBy(one => one.EventId).ToList();
            if (fresh.Count > 0)
            {
                await WriteAsync(fresh, cancellationToken);
                fresh.ForEach(one => _ids.Add(one.EventId!));
            }

            return fresh;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task WriteAsync(List<EventMessage> events, CancellationToken cancellationToken)
    {
        var day = _time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var folder = Directory.CreateDirectory(Path.Combine(_root, $"date={day}", $"writer={_writer}")).FullName;
        using var lines = new MemoryStream();
        foreach (var one in events)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(one, ApiJson.Default.EventMessage));
            lines.WriteByte((byte)'\n');
        }

        await using var file = new FileStream(Path.Combine(folder, "part-0.jsonl"), FileMode.Append, FileAccess.Write, FileShare.Read);
        var length = file.Length;
        try
        {
            await file.WriteAsync(lines.ToArray(), cancellationToken);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            // Half a list must not stay: the client will send it again.
            file.SetLength(length);
            throw;
        }
    }

    private void ReadIds()
    {
        if (!Directory.Exists(_root))
        {
            return;
        }

        var oldest = $"date={_time.GetUtcNow().AddDays(-RememberedDays).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
        foreach (var day in Directory.EnumerateDirectories(_root, "date=*").Where(day => string.CompareOrdinal(Path.GetFileName(day), oldest) >= 0))
        {
            foreach (var file in Directory.EnumerateFiles(day, "*.jsonl", SearchOption.AllDirectories))
            {
                ReadIds(file);
            }
        }
    }

    private void ReadIds(string file)
    {
        foreach (var line in File.ReadLines(file))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, ApiJson.Default.EventMessage)?.EventId is { } id)
                {
                    _ids.Add(id);
                }
            }
            catch (JsonException)
            {
                // The last line of a process that was killed; its client got no answer and sends it again.
            }
        }
    }
}
