namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Which items follow an item within the next five events, counted with falling weights and damped by how often
/// both items occur at all.
/// </summary>
internal static class TransitionTrainer
{
    private static readonly float[] StepWeights = [1, 0.7f, 0.5f, 0.35f, 0.25f];
    private const double FromDamping = 0.7;
    private const double ToDamping = 0.3;

    public static SparseRows Train(Sequences data, int perItem, CancellationToken cancellationToken)
    {
        var n = data.ItemCount;
        var (from, to) = Totals(data);
        var rows = new SparseRows(n, perItem);
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, n, options, () => (Counts: new float[n], Top: new TopItems()), (item, _, local) =>
        {
            Array.Clear(local.Counts);
            foreach (var place in data.PlacesOf(item))
            {
                var after = After(data, place);
                for (var step = 0; step < after.Length; step++)
                {
                    local.Counts[after[step]] += StepWeights[step];
                }
            }

            for (var j = 0; j < n; j++)
            {
                if (local.Counts[j] > 0)
                {
                    local.Counts[j] *= from[item] * to[j];
                }
            }

            rows.Set(item, local.Counts, local.Top);
            return local;
        }, _ => { });
        return rows;
    }

    /// <summary>The damping of rows and columns.</summary>
    private static (float[] From, float[] To) Totals(Sequences data)
    {
        var from = new double[data.ItemCount];
        var to = new double[data.ItemCount];
        for (var place = 0; place < data.Items.Length; place++)
        {
            var after = After(data, place);
            for (var step = 0; step < after.Length; step++)
            {
                from[data.Items[place]] += StepWeights[step];
                to[after[step]] += StepWeights[step];
            }
        }

        static float[] Damped(double[] totals, double power) =>
            Array.ConvertAll(totals, total => total > 0 ? (float)Math.Pow(total, -power) : 0);
        return (Damped(from, FromDamping), Damped(to, ToDamping));
    }

    /// <summary>The next five items of the same user.</summary>
    private static ReadOnlySpan<int> After(Sequences data, int place)
    {
        var end = Math.Min(data.Starts[data.UserOf[place] + 1], place + 1 + StepWeights.Length);
        return data.Items.AsSpan(place + 1, end - place - 1);
    }
}
