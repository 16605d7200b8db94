namespace MlKit.Dashboard.Telemetry;

/// <summary>
/// The spans of one trace that have arrived so far, with what lists show about them. <see cref="TraceStore"/> alone
/// changes it, under its lock; readers may see it grow between two reads.
/// </summary>
internal sealed class Trace
{
    private readonly List<Span> _spans = [];
    private readonly List<(TelemetryResource Resource, int Count)> _resources = [];
    private Span? _root;

    internal Trace(TraceId id) => Id = id;

    /// <summary>The trace's name.</summary>
    public TraceId Id { get; }

    /// <summary>The earliest start, in nanoseconds since 1970.</summary>
    public long StartNanos { get; private set; } = long.MaxValue;

    /// <summary>The latest end, in nanoseconds since 1970.</summary>
    public long EndNanos { get; private set; }

    /// <summary>Spans that are marked as failed.</summary>
    public int ErrorCount { get; private set; }

    /// <summary>Spans that have arrived.</summary>
    public int SpanCount => _spans.Count;

    /// <summary>From the earliest start to the latest end.</summary>
    public long DurationNanos => EndNanos - StartNanos;

    /// <summary>The span without a parent, or the earliest while that has not arrived.</summary>
    public Span Root => _root!;

    internal IReadOnlyList<Span> Spans => _spans;

    internal IReadOnlyList<(TelemetryResource Resource, int Count)> Resources => _resources;

    internal bool Add(Span span)
    {
        // A sender that saw no answer sends again.
        if (_spans.Count <= 1_024 && _spans.Exists(known => known.Id == span.Id))
        {
            return false;
        }

        _spans.Add(span);
        StartNanos = Math.Min(StartNanos, span.StartNanos);
        EndNanos = Math.Max(EndNanos, span.EndNanos);
        ErrorCount += span.IsError ? 1 : 0;
        if (_root is null || Rank(span) < Rank(_root) || (Rank(span) == Rank(_root) && span.StartNanos < _root.StartNanos))
        {
            _root = span;
        }

        var place = _resources.FindIndex(entry => entry.Resource.Name == span.Resource.Name);
        if (place < 0)
        {
            _resources.Add((span.Resource, 1));
        }
        else
        {
            _resources[place] = (_resources[place].Resource, _resources[place].Count + 1);
        }

        return true;
    }

    private static int Rank(Span span) => span.ParentId.IsEmpty ? 0 : 1;
}
