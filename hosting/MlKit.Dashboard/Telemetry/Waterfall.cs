namespace MlKit.Dashboard.Telemetry;

/// <summary>A trace as a tree, drawn from its earliest to its latest moment.</summary>
public sealed class Waterfall
{
    private const int MaxDepth = 200;

    private Waterfall(IReadOnlyList<WaterfallRow> rows, long startNanos, long endNanos)
    {
        Rows = rows;
        StartNanos = startNanos;
        EndNanos = endNanos;
    }

    /// <summary>The spans, each below its parent, in order of their start.</summary>
    public IReadOnlyList<WaterfallRow> Rows { get; }

    /// <summary>The earliest start, in nanoseconds since 1970.</summary>
    public long StartNanos { get; }

    /// <summary>The latest end, in nanoseconds since 1970.</summary>
    public long EndNanos { get; }

    /// <summary>The whole duration, at least 1 ns.</summary>
    public long DurationNanos => Math.Max(1, EndNanos - StartNanos);

    /// <summary>
    /// Arranges spans. A span whose parent has not arrived is drawn as a root; spans that are each other's parents are
    /// drawn once.
    /// </summary>
    public static Waterfall Of(IReadOnlyList<Span> spans)
    {
        var known = spans.Select(span => span.Id).ToHashSet();
        var children = spans.ToLookup(span => known.Contains(span.ParentId) && span.ParentId != span.Id ? span.ParentId : default);
        var rows = new List<WaterfallRow>(spans.Count);
        var drawn = new HashSet<SpanId>();
        foreach (var root in children[default].OrderBy(span => span.StartNanos))
        {
            Draw(root, 0, children, rows, drawn);
        }

        foreach (var span in spans.Where(span => !drawn.Contains(span.Id)).ToList())
        {
            if (!drawn.Contains(span.Id))
            {
                Draw(span, 0, children, rows, drawn);
            }
        }

        return new Waterfall(
            rows,
            spans.Count == 0 ? 0 : spans.Min(span => span.StartNanos),
            spans.Count == 0 ? 0 : spans.Max(span => span.EndNanos));
    }

    private static void Draw(Span span, int depth, ILookup<SpanId, Span> children, List<WaterfallRow> rows, HashSet<SpanId> drawn)
    {
        if (!drawn.Add(span.Id) || depth > MaxDepth)
        {
            return;
        }

        var place = rows.Count;
        rows.Add(new WaterfallRow(span, depth, 0));
        foreach (var child in children[span.Id].OrderBy(child => child.StartNanos))
        {
            Draw(child, depth + 1, children, rows, drawn);
        }

        rows[place] = rows[place] with { Descendants = rows.Count - place - 1 };
    }
}

/// <summary>A span's place in the tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">How many parents it has.</param>
/// <param name="Descendants">How many of the following rows are below it.</param>
public readonly record struct WaterfallRow(Span Span, int Depth, int Descendants);
