namespace MlKit.Recommendation.Retrieval;

/// <summary>A matrix of which each row keeps a fixed number of entries; unused places hold column 0, value 0.</summary>
public sealed class SparseRows : ItemRows
{
    internal SparseRows(int rows, int width)
    {
        Width = Math.Max(1, Math.Min(width, rows));
        Columns = new int[(long)rows * Width];
        Values = new float[(long)rows * Width];
    }

    /// <summary>Entries per row.</summary>
    public int Width { get; }

    /// <summary>Column numbers, [rows, Width] row-major.</summary>
    public int[] Columns { get; }

    /// <summary>Values, [rows, Width] row-major.</summary>
    public float[] Values { get; }

    /// <inheritdoc/>
    public override void AddTo(int item, float weight, Span<float> scores)
    {
        for (var at = item * Width; at < (item + 1) * Width; at++)
        {
            scores[Columns[at]] += weight * Values[at];
        }
    }

    /// <summary>Keeps the largest positive entries of a full row; equal values prefer the lower column.</summary>
    internal void Set(int row, ReadOnlySpan<float> values, TopItems top)
    {
        var found = top.Select(values, Width);
        var at = row * Width;
        foreach (var column in found)
        {
            if (values[column] <= 0)
            {
                break;
            }

            Columns[at] = column;
            Values[at++] = values[column];
        }
    }
}
