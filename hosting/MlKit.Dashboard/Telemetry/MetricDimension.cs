using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The stored points of one series. Not thread-safe: <see cref="MetricStore"/> guards it.</summary>
internal sealed class MetricDimension(IReadOnlyList<KeyValuePair<string, string>> attributes, TelemetryLimits limits)
{
    private const int MaxExemplars = 256;
    private readonly RingBuffer<MetricPoint> _points = new(limits.MaxMetricsCount);
    private readonly RingBuffer<Exemplar> _exemplars = new(MaxExemplars);

    /// <summary>Points held now.</summary>
    public int Count => _points.Count;

    /// <summary>Halves how finely the older half of the time is known; sums and counts lose nothing by it.</summary>
    public void ThinOut() => _points.ThinOlderHalf();

    /// <summary>Adds a point whose value is cumulative or absolute.</summary>
    public void Add(MetricPoint point)
    {
        if (_points.Count > 0)
        {
            var last = _points[_points.Count - 1];
            if (point.EndNanos < last.EndNanos)
            {
                return;
            }

            if (last.Value.Equals(point.Value) && last.Count == point.Count)
            {
                _points[_points.Count - 1] = last with { EndNanos = point.EndNanos };
                return;
            }

            point = ShareBounds(point, last.Buckets);
        }

        _points.Add(point);
    }

    /// <summary>Adds a point that holds only what came since the one before.</summary>
    public void AddDelta(MetricPoint delta)
    {
        var last = _points.Count > 0 ? _points[_points.Count - 1] : default;
        Add(delta with
        {
            Value = last.Value + delta.Value,
            Count = last.Count + delta.Count,
            Buckets = Sum(last.Buckets, delta.Buckets),
        });
    }

    /// <summary>Keeps an example; one that was sent before is not kept twice.</summary>
    public void Add(Exemplar exemplar)
    {
        if (_exemplars.Count == 0 || _exemplars[_exemplars.Count - 1].TimeNanos < exemplar.TimeNanos)
        {
            _exemplars.Add(exemplar);
        }
    }

    /// <summary>A copy of what ended after a moment, with the point before it, from which rates begin.</summary>
    public MetricSeries Read(long sinceNanos)
    {
        var first = _points.Count;
        while (first > 0 && _points[first - 1].EndNanos >= sinceNanos)
        {
            first--;
        }

        first = Math.Max(0, first - 1);
        var points = new MetricPoint[_points.Count - first];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = _points[first + i];
        }

        var exemplars = new List<Exemplar>();
        for (var i = 0; i < _exemplars.Count; i++)
        {
            if (_exemplars[i].TimeNanos >= sinceNanos)
            {
                exemplars.Add(_exemplars[i]);
            }
        }

        return new MetricSeries(attributes, points, exemplars);
    }

    private static MetricPoint ShareBounds(MetricPoint point, HistogramBuckets? known) =>
        point.Buckets is { } buckets && known is not null && !ReferenceEquals(buckets.Bounds, known.Bounds)
            && buckets.Bounds.AsSpan().SequenceEqual(known.Bounds)
            ? point with { Buckets = buckets with { Bounds = known.Bounds } }
            : point;

    private static HistogramBuckets? Sum(HistogramBuckets? total, HistogramBuckets? delta)
    {
        if (total is null || delta is null || !total.Bounds.AsSpan().SequenceEqual(delta.Bounds))
        {
            return delta;
        }

        var counts = new ulong[total.Counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = total.Counts[i] + delta.Counts[i];
        }

        return new HistogramBuckets(total.Bounds, counts);
    }
}
