using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Resources;

/// <summary>The newest console lines of each resource.</summary>
internal sealed class ConsoleLogStore(TelemetryLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Buffer> _buffers = [];

    /// <summary>Raised after each batch.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Adds lines; those that are known already (the back-log is sent again after a reconnection) are skipped.</summary>
    public void Add(IEnumerable<ConsoleLine> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                if (!_buffers.TryGetValue(line.ResourceId, out var buffer))
                {
                    _buffers[line.ResourceId] = buffer = new Buffer(limits.MaxConsoleLineCount);
                }

                if (line.Number > buffer.LastNumber)
                {
                    buffer.LastNumber = line.Number;
                    buffer.Lines.Add(line.Content.Length <= limits.MaxAttributeLength ? line : line with { Content = line.Content[..limits.MaxAttributeLength] });
                }
            }
        }

        Changes.Raise();
    }

    /// <summary>
    /// Lines that contain a text, oldest first, as a copy: of one resource, or of all in the order of time when
    /// <paramref name="resourceId"/> is null.
    /// </summary>
    public IReadOnlyList<ConsoleLine> Query(string? resourceId, string text)
    {
        lock (_lock)
        {
            if (resourceId is not null)
            {
                return _buffers.TryGetValue(resourceId, out var buffer) ? [.. Matching(buffer, text)] : [];
            }

            return [.. _buffers.Values.SelectMany(buffer => Matching(buffer, text)).OrderBy(line => line.At)];
        }
    }

    /// <summary>Lines of a resource (all when null) that were dropped to make room.</summary>
    public long Dropped(string? resourceId)
    {
        lock (_lock)
        {
            return _buffers.Where(pair => resourceId is null || pair.Key == resourceId).Sum(pair => pair.Value.Lines.Dropped);
        }
    }

    /// <summary>How many lines of each resource are held, by its id.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (_lock)
        {
            return _buffers.ToDictionary(pair => pair.Key, pair => pair.Value.Lines.Count);
        }
    }

    /// <summary>Forgets the lines of a resource (of all when null); they do not come back with the host's back-log.</summary>
    public void Forget(string? resourceId)
    {
        lock (_lock)
        {
            foreach (var (_, buffer) in _buffers.Where(pair => resourceId is null || pair.Key == resourceId))
            {
                buffer.Lines.Clear();
            }
        }

        Changes.Raise();
    }

    /// <summary>Forgets everything: another run of the AppHost has begun.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _buffers.Clear();
        }

        Changes.Raise();
    }

    private static IEnumerable<ConsoleLine> Matching(Buffer buffer, string text)
    {
        for (var i = 0; i < buffer.Lines.Count; i++)
        {
            if (text.Length == 0 || buffer.Lines[i].Content.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                yield return buffer.Lines[i];
            }
        }
    }

    private sealed class Buffer(int capacity)
    {
        public RingBuffer<ConsoleLine> Lines { get; } = new(capacity);

        public long LastNumber { get; set; }
    }
}
