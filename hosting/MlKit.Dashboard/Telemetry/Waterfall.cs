namespace MlKit.Dashboard.Telemetry;

/// <summary>A trace as a tree, drawn from its earliest to its latest moment.</summary>
public sealed class Waterfall
{
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
        var ordered = spans.OrderBy(span => span.StartNanos).ToList();
        var children = ordered.ToLookup(span => known.Contains(span.ParentId) && span.ParentId != span.Id ? span.ParentId : default);
        var rows = new List<WaterfallRow>(spans.Count);
        var drawn = new HashSet<SpanId>();

        // What no root leads to hangs in a circle of parents: each circle is entered at its earliest span.
        foreach (var root in children[default].Concat(ordered))
        {
            Draw(root, children, rows, drawn);
        }

        CountDescendants(rows);
        return new Waterfall(
            rows,
            spans.Count == 0 ? 0 : ordered[0].StartNanos,
            spans.Count == 0 ? 0 : spans.Max(span => span.EndNanos));
    }

    // Without recursion: a trace may be deeper than the stack.
    private static void Draw(Span root, ILookup<SpanId, Span> children, List<WaterfallRow> rows, HashSet<SpanId> drawn)
    {
        var waiting = new Stack<(Span Span, int Depth)>();
        waiting.Push((root, 0));
        while (waiting.TryPop(out var next))
        {
            if (!drawn.Add(next.Span.Id))
            {
                continue;
            }

            rows.Add(new WaterfallRow(next.Span, next.Depth, 0));
            foreach (var child in children[next.Span.Id].Reverse())
            {
                waiting.Push((child, next.Depth + 1));
            }
        }
    }

    private static void CountDescendants(List<WaterfallRow> rows)
    {
        var open = new Stack<int>();
        for (var i = 0; i <= rows.Count; i++)
        {
            while (open.Count > 0 && (i == rows.Count || rows[open.Peek()].Depth >= rows[i].Depth))
            {
                var place = open.Pop();
                rows[place] = rows[place] with { Descendants = i - place - 1 };
            }

            open.Push(i);
        }
    }
}

/// <summary>A span's place in the tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">How many parents it has.</param>
/// <param name="Descendants">How many of the following rows are below it.</param>
public readonly record struct WaterfallRow(Span Span, int Depth, int Descendants);
