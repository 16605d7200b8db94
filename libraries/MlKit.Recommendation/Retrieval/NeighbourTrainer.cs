namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Item-kNN: cosine with shrinkage, s_ij = c_ij / (sqrt(n_i n_j) + shrink), the largest per item kept.
/// </summary>
internal static class NeighbourTrainer
{
    public static SparseRows Train(Sequences data, int perItem, double shrink, CancellationToken cancellationToken)
    {
        var n = data.ItemCount;
        var rows = new SparseRows(n, perItem);
        var roots = new float[n];
        for (var i = 0; i < n; i++)
        {
            roots[i] = MathF.Sqrt(data.PlacesOf(i).Length);
        }

        CoOccurrence.ForEachRow(data, n, () => (Values: new float[n], Top: new TopItems()), (item, counts, local) =>
        {
            var values = local.Values;
            for (var j = 0; j < values.Length; j++)
            {
                values[j] = counts[j] / ((roots[item] * roots[j]) + (float)shrink);
            }

            values[item] = 0;
            rows.Set(item, values, local.Top);
        }, cancellationToken);
        return rows;
    }
}
