using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The newest traces of all resources; the trace that arrived first is dropped first.</summary>
internal sealed class TraceStore(TelemetryLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TraceId, Trace> _traces = [];
    private readonly Queue<Trace> _arrival = new();
    private int _spanCount;
    private long _dropped;

    /// <summary>Raised after each batch.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>Traces that were dropped to make room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Spans held now.</summary>
    public int SpanCount
    {
        get
        {
            lock (_lock)
            {
                return _spanCount;
            }
        }
    }

    /// <summary>Adds a batch of spans to their traces.</summary>
    public void Add(IReadOnlyCollection<Span> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            foreach (var span in batch)
            {
                AddToTrace(span);
            }
        }

        Changes.Raise();
    }

    /// <summary>Traces that match, newest first, at most <paramref name="limit"/>, and how many match in all.</summary>
    public (IReadOnlyList<TraceSummary> Traces, int Total) Query(TraceFilter filter, int limit)
    {
        lock (_lock)
        {
            var matches = new List<Trace>();
            foreach (var trace in _arrival)
            {
                if (filter.Matches(trace))
                {
                    matches.Add(trace);
                }
            }

            matches.Reverse();
            return ([.. matches.OrderByDescending(trace => trace.StartNanos).Take(limit).Select(Summarise)], matches.Count);
        }
    }

    /// <summary>The spans of a trace in order of their start, as a copy; empty when the trace is not known.</summary>
    public IReadOnlyList<Span> Spans(TraceId id)
    {
        lock (_lock)
        {
            return _traces.TryGetValue(id, out var trace) ? [.. trace.Spans.OrderBy(span => span.StartNanos)] : [];
        }
    }

    /// <summary>All spans, as a copy.</summary>
    public IReadOnlyList<Span> AllSpans()
    {
        lock (_lock)
        {
            return [.. _arrival.SelectMany(trace => trace.Spans)];
        }
    }

    /// <summary>How many failed spans of each service are held.</summary>
    public IReadOnlyDictionary<string, int> ErrorCounts()
    {
        lock (_lock)
        {
            return _arrival.Where(trace => trace.ErrorCount > 0).SelectMany(trace => trace.Spans).Where(span => span.IsError)
                .CountBy(span => span.Resource.Name).ToDictionary();
        }
    }

    /// <summary>True when spans of the trace are held.</summary>
    public bool Contains(TraceId id)
    {
        lock (_lock)
        {
            return _traces.ContainsKey(id);
        }
    }

    /// <summary>In how many traces each service has spans.</summary>
    public IReadOnlyDictionary<string, int> Counts()
    {
        lock (_lock)
        {
            return _arrival.SelectMany(trace => trace.Resources).CountBy(entry => entry.Resource.Name).ToDictionary();
        }
    }

    /// <summary>Forgets the traces in which a service has spans, or all when it is null.</summary>
    public void Clear(string? resource)
    {
        lock (_lock)
        {
            var kept = resource is null ? [] : _arrival.Where(trace => trace.Resources.All(entry => entry.Resource.Name != resource)).ToList();
            _traces.Clear();
            _arrival.Clear();
            _spanCount = 0;
            _dropped = resource is null ? 0 : _dropped;
            foreach (var trace in kept)
            {
                _traces.Add(trace.Id, trace);
                _arrival.Enqueue(trace);
                _spanCount += trace.SpanCount;
            }
        }

        Changes.Raise();
    }

    private static TraceSummary Summarise(Trace trace) => new(
        trace.Id,
        trace.Root.Name,
        trace.Root.Resource,
        trace.StartNanos,
        trace.DurationNanos,
        trace.SpanCount,
        trace.ErrorCount,
        [.. trace.Resources]);

    private void AddToTrace(Span span)
    {
        if (!_traces.TryGetValue(span.TraceId, out var trace))
        {
            trace = new Trace(span.TraceId);
            _traces.Add(span.TraceId, trace);
            _arrival.Enqueue(trace);
        }

        if (trace.Add(span))
        {
            _spanCount++;
        }

        while (_arrival.Count > limits.MaxTraceCount || (_spanCount > limits.MaxSpanCount && _arrival.Count > 1))
        {
            var oldest = _arrival.Dequeue();
            _traces.Remove(oldest.Id);
            _spanCount -= oldest.SpanCount;
            _dropped++;
        }

        // One trace that outgrows the whole budget by itself starts anew.
        if (_spanCount > limits.MaxSpanCount)
        {
            Restart(span);
        }
    }

    private void Restart(Span span)
    {
        _traces.Clear();
        _arrival.Clear();
        var trace = new Trace(span.TraceId);
        trace.Add(span);
        _traces.Add(span.TraceId, trace);
        _arrival.Enqueue(trace);
        _spanCount = 1;
        _dropped++;
    }
}
