namespace MlKit.Dashboard.Telemetry;

/// <summary>Two traces side by side: spans of one service and name at one place in the tree are a pair.</summary>
internal sealed class TraceComparison
{
    private TraceComparison(Waterfall first, Waterfall second, IReadOnlyList<ComparedSpan> rows)
    {
        First = first;
        Second = second;
        Rows = rows;
    }

    /// <summary>The first trace.</summary>
    public Waterfall First { get; }

    /// <summary>The second trace.</summary>
    public Waterfall Second { get; }

    /// <summary>All spans of both in the order of the tree.</summary>
    public IReadOnlyList<ComparedSpan> Rows { get; }

    /// <summary>The longer of both durations.</summary>
    public long LongestNanos => Math.Max(First.DurationNanos, Second.DurationNanos);

    /// <summary>Pairs the spans of two traces.</summary>
    public static TraceComparison Of(IReadOnlyList<Span> first, IReadOnlyList<Span> second)
    {
        var (a, b) = (Waterfall.Of(first), Waterfall.Of(second));
        var root = new Node("", -1);
        Merge(root, a, (node, span) => node.First = span);
        Merge(root, b, (node, span) => node.Second = span);
        return new TraceComparison(a, b, Flatten(root));
    }

    // The waterfall lists parents before their children, so the path to a row is what stands open above it.
    private static void Merge(Node root, Waterfall waterfall, Action<Node, Span> put)
    {
        var path = new List<(Node Node, Dictionary<string, int> Seen)> { (root, []) };
        foreach (var row in waterfall.Rows)
        {
            path.RemoveRange(row.Depth + 1, path.Count - row.Depth - 1);
            var (parent, seen) = path[^1];
            var name = $"{row.Span.Resource.Name}\u001f{row.Span.Name}";
            var occurrence = seen[name] = seen.GetValueOrDefault(name) + 1;
            var node = parent.Child($"{name}\u001f{occurrence}", row.Depth);
            put(node, row.Span);
            path.Add((node, []));
        }
    }

    private static List<ComparedSpan> Flatten(Node root)
    {
        var rows = new List<ComparedSpan>();
        var waiting = new Stack<Node>(root.Children.Reverse<Node>());
        while (waiting.TryPop(out var node))
        {
            rows.Add(new ComparedSpan(node.Depth, node.First, node.Second));
            foreach (var child in node.Children.Reverse<Node>())
            {
                waiting.Push(child);
            }
        }

        return rows;
    }

    private sealed class Node(string key, int depth)
    {
        private readonly Dictionary<string, Node> _byKey = [];

        public string Key => key;

        public int Depth => depth;

        public Span? First { get; set; }

        public Span? Second { get; set; }

        public List<Node> Children { get; } = [];

        public Node Child(string childKey, int childDepth)
        {
            if (!_byKey.TryGetValue(childKey, out var child))
            {
                _byKey[childKey] = child = new Node(childKey, childDepth);
                Children.Add(child);
            }

            return child;
        }
    }
}

/// <summary>A pair of spans, or one that the other trace has not.</summary>
/// <param name="Depth">How many parents it has.</param>
/// <param name="First">The first trace's span; null where it has none.</param>
/// <param name="Second">The second trace's span; null where it has none.</param>
internal sealed record ComparedSpan(int Depth, Span? First, Span? Second)
{
    /// <summary>The span that is there, the first trace's where both are.</summary>
    public Span Either => First ?? Second!;

    /// <summary>The second's duration less the first's; null where one is missing.</summary>
    public long? DifferenceNanos => Second?.DurationNanos - First?.DurationNanos;
}
