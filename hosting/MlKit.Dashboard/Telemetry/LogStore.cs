using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The newest log entries of all resources, oldest dropped first.</summary>
internal sealed class LogStore(TelemetryLimits limits)
{
    private readonly Lock _lock = new();
    private readonly RingBuffer<LogEntry> _entries = new(limits.MaxLogCount);
    private readonly Dictionary<string, int> _errors = [];
    private long _lastNumber;

    /// <summary>Raised after each batch.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Entries that were dropped to make room.</summary>
    public long Dropped
    {
        get
        {
            lock (_lock)
            {
                return _entries.Dropped;
            }
        }
    }

    /// <summary>The number for the next entry.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>Adds a batch.</summary>
    public void Add(IReadOnlyCollection<LogEntry> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var entry in batch)
            {
                _entries.Add(entry);
                if (entry.Severity >= LogSeverity.Error)
                {
                    _errors[entry.Resource.Name] = _errors.GetValueOrDefault(entry.Resource.Name) + 1;
                }
            }
        }

        Changes.Raise();
    }

    /// <summary>Entries that match, oldest first, as a copy.</summary>
    public IReadOnlyList<LogEntry> Query(LogFilter filter)
    {
        lock (_lock)
        {
            var matches = new List<LogEntry>(Math.Min(_entries.Count, 256));
            for (var i = 0; i < _entries.Count; i++)
            {
                if (filter.Matches(_entries[i]))
                {
                    matches.Add(_entries[i]);
                }
            }

            return matches;
        }
    }

    /// <summary>The entry with a number, or null when it is gone.</summary>
    public LogEntry? Find(long number)
    {
        lock (_lock)
        {
            for (var i = _entries.Count - 1; i >= 0; i--)
            {
                if (_entries[i].Number == number)
                {
                    return _entries[i];
                }
            }

            return null;
        }
    }

    /// <summary>How many errors each service has logged since the last <see cref="Clear"/>.</summary>
    public IReadOnlyDictionary<string, int> ErrorCounts()
    {
        lock (_lock)
        {
            return new Dictionary<string, int>(_errors);
        }
    }

    /// <summary>How many entries of each service are held.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (_lock)
        {
            var counts = new Dictionary<string, int>();
            for (var i = 0; i < _entries.Count; i++)
            {
                var name = _entries[i].Resource.Name;
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }

            return counts;
        }
    }

    /// <summary>Forgets the entries of a service, or all when it is null.</summary>
    public void Clear(string? resource)
    {
        lock (_lock)
        {
            if (resource is null)
            {
                _entries.Clear();
                _errors.Clear();
            }
            else
            {
                _entries.RemoveAll(entry => entry.Resource.Name == resource);
                _errors.Remove(resource);
            }
        }

        Changes.Raise();
    }
}
