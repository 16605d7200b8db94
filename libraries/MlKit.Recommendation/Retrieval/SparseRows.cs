namespace MlKit.Recommendation.Retrieval;

/// <summary>A matrix of which each row keeps a fixed number of entries; unused places hold column 0, value 0.</summary>
public sealed class SparseRows
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

    /// <summary>Keeps the largest entries; equal values prefer the lower column.</summary>
    internal void Set(int row, IEnumerable<(int Column, float Value)> entries)
    {
        var at = row * Width;
        foreach (var (column, value) in entries.OrderByDescending(e => e.Value).ThenBy(e => e.Column).Take(Width))
        {
            Columns[at] = column;
            Values[at++] = value;
        }
    }
}
