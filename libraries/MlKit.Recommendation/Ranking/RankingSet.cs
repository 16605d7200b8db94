namespace MlKit.Recommendation.Ranking;

/// <summary>Rows with labels, in groups: the candidates of one user form one group, next to each other.</summary>
public sealed class RankingSet(int width)
{
    private readonly List<float> _features = [];
    private readonly List<float> _labels = [];
    private readonly List<int> _groups = [];

    /// <summary>Number of features per row.</summary>
    public int Width { get; } = width;

    /// <summary>Rows over all groups.</summary>
    public int Rows => _labels.Count;

    /// <summary>Number of groups.</summary>
    public int Groups => _groups.Count;

    /// <summary>Rows per group, in order.</summary>
    public IReadOnlyList<int> GroupSizes => _groups;

    /// <summary>Label of a row: 0 is irrelevant, larger whole numbers are better.</summary>
    public float Label(int row) => _labels[row];

    /// <summary>Features of a row.</summary>
    public ReadOnlySpan<float> Row(int row) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_features).Slice(row * Width, Width);

    /// <summary>Adds one group.</summary>
    /// <param name="rows">Row-major [labels, <see cref="Width"/>].</param>
    /// <param name="labels">One label per row.</param>
    /// <exception cref="ArgumentException">Sizes do not agree, or a feature is not finite.</exception>
    public void Add(ReadOnlySpan<float> rows, ReadOnlySpan<float> labels)
    {
        if (rows.Length != labels.Length * Width)
        {
            throw new ArgumentException($"{rows.Length} values are not {labels.Length} rows of {Width}", nameof(rows));
        }

        foreach (var value in rows)
        {
            if (!float.IsFinite(value))
            {
                throw new ArgumentException($"a feature is {value}; features must be finite", nameof(rows));
            }
        }

        _features.AddRange(rows);
        _labels.AddRange(labels);
        _groups.Add(labels.Length);
    }
}
