namespace MlKit.Dashboard.Resources.Graph;

/// <summary>One resource needs another.</summary>
/// <param name="From">Who needs.</param>
/// <param name="To">What is needed.</param>
/// <param name="Kind">How.</param>
/// <param name="Points">Where the line passes, from the right edge of the first to the left edge of the second.</param>
internal sealed record GraphEdge(string From, string To, GraphEdgeKind Kind, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Why one resource needs another.</summary>
[Flags]
internal enum GraphEdgeKind
{
    /// <summary>It uses its address or connection string.</summary>
    Reference = 1,

    /// <summary>It starts only when the other is ready.</summary>
    Wait = 2,

    /// <summary>It lives within the other.</summary>
    Parent = 4,
}
