namespace MlKit.Tracking.Traces.Otlp;

/// <summary>The spans of one trace that came together, and what they say about the trace.</summary>
internal sealed class TraceSpans(string traceId)
{
    private readonly List<Span> _spans = [];

    public string TraceId => traceId;

    public IReadOnlyList<Span> Spans => _spans;

    /// <summary>Tags out of the resource and, stronger, out of the root span.</summary>
    public Dictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public string? Session { get; set; }

    public string? User { get; set; }

    public string? RequestPreview { get; set; }

    public string? ResponsePreview { get; set; }

    public long StartMs => _spans.Min(span => span.StartNs) / 1_000_000;

    public long? EndMs => _spans.Max(span => span.EndNs) / 1_000_000;

    /// <summary>The state of the trace where its root is among the spans; an unset status counts as success.</summary>
    public string? RootState => _spans.FirstOrDefault(span => span.ParentId is null) is { } root
        ? root.Status == TraceKeys.Error ? TraceKeys.Error : TraceKeys.Ok
        : null;

    public void Add(Span span) => _spans.Add(span);
}
