using System.Globalization;
using MlKit.Storage;

namespace MlKit.RecommendationApi.Events;

/// <summary>
/// Keeps accepted events below a folder or <c>s3://bucket/prefix</c>, by day of arrival (<see cref="EventLines"/>). Each
/// process writes files of its own: in a folder one per day that grows, in a bucket one per write. Lists that arrive while a
/// write is under way share the next one. Ids are remembered over restarts, so that a repeated event is recognised.
/// </summary>
internal sealed class EventLog(string location, TimeProvider time, S3Options? s3 = null) : IDisposable
{
    /// <summary>Days whose ids are known after a restart; older lines may be moved by <see cref="EventSealer"/>.</summary>
    public const int RememberedDays = 7;

    private readonly IObjectStore _store = ObjectStores.Open(location, s3);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<Waiting> _waiting = [];
    private EventIds? _ids;

    /// <summary>Name of this process in the names of files.</summary>
    public string Writer { get; } = Guid.NewGuid().ToString("n")[..12];

    /// <summary>Writes the events that are new and returns them; an id twice counts once.</summary>
    /// <exception cref="IOException">The disk or the bucket refuses; nothing of the list is accepted.</exception>
    public async Task<IReadOnlyList<EventMessage>> AppendAsync(IReadOnlyList<EventMessage> events, CancellationToken cancellationToken)
    {
        var mine = new Waiting(events, new TaskCompletionSource<IReadOnlyList<EventMessage>>(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_waiting)
        {
            _waiting.Add(mine);
        }

        try
        {
            await _writing.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            lock (_waiting)
            {
                _waiting.Remove(mine);
            }

            throw;
        }

        try
        {
            if (!mine.Fresh.Task.IsCompleted)
            {
                await WriteWaitingAsync();
            }
        }
        finally
        {
            _writing.Release();
        }

        return await mine.Fresh.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writing.Dispose();
        (_store as IDisposable)?.Dispose();
    }

    /// <summary>One write for all lists that wait; one client that hangs up does not stop it for the others.</summary>
    private async Task WriteWaitingAsync()
    {
        List<Waiting> lists;
        lock (_waiting)
        {
            lists = [.. _waiting];
            _waiting.Clear();
        }

        try
        {
            var now = time.GetUtcNow();
            // Clocks of other writers may be ahead, so a day more is read.
            var days = Enumerable.Range(-RememberedDays, RememberedDays + 2).Select(day => EventLines.Day(now.AddDays(day))).ToList();
            _ids ??= await EventIds.ReadAsync(_store, days, CancellationToken.None);
            _ids.ForgetBefore(days[0]);
            var seen = new HashSet<string>(StringComparer.Ordinal);
            var fresh = lists.ConvertAll(list => list.Events.Where(one => !_ids.Contains(one.EventId!) && seen.Add(one.EventId!)).ToList());
            if (seen.Count > 0)
            {
                await WriteAsync(now, fresh.SelectMany(list => list));
                _ids.Add(EventLines.Day(now), seen);
            }

            lists.Zip(fresh).ToList().ForEach(pair => pair.First.Fresh.SetResult(pair.Second));
        }
        catch (Exception error)
        {
            lists.ForEach(list => list.Fresh.TrySetException(error));
        }
    }

    private async Task WriteAsync(DateTimeOffset now, IEnumerable<EventMessage> events)
    {
        var folder = $"{EventLines.Day(now)}/writer={Writer}";
        await using var lines = EventLines.Write(events);
        if (_store.LocalPath($"{folder}/part-0{EventLines.Extension}") is { } path)
        {
            await AppendAsync(path, lines);
        }
        else
        {
            await _store.WriteAsync(PartName(folder, now), lines);
        }
    }

    /// <summary>Name of a new file in a folder of a bucket; names sort by time.</summary>
    public static string PartName(string folder, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{folder}/part-{now.UtcDateTime:yyyyMMdd'T'HHmmss.ffffff}-{Guid.NewGuid():n}{EventLines.Extension}");

    private static async Task AppendAsync(string path, MemoryStream lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        var length = file.Length;
        try
        {
            await lines.CopyToAsync(file);
            file.Flush(flushToDisk: true);
        }
        catch
        {
            // Half a list must not stay: the client will send it again.
            file.SetLength(length);
            throw;
        }
    }

    /// <summary>A list that wants to be written.</summary>
    /// <param name="Events">The list.</param>
    /// <param name="Fresh">Those of it that were new, once they are written.</param>
    private sealed record Waiting(IReadOnlyList<EventMessage> Events, TaskCompletionSource<IReadOnlyList<EventMessage>> Fresh);
}
