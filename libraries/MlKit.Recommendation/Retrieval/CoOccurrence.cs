namespace MlKit.Recommendation.Retrieval;

/// <summary>How many users met two items, computed one row at a time so that the counters stay in the first-level cache.</summary>
internal static class CoOccurrence
{
    public delegate void RowReader<TState>(int item, ReadOnlySpan<int> counts, TState state);

    /// <summary>Calls <paramref name="read"/> for the row of every item below <paramref name="size"/>, in parallel.</summary>
    /// <param name="data">Histories; an item counts once per user.</param>
    /// <param name="size">Items to look at: those with model index below it.</param>
    /// <param name="state">Makes what one thread keeps between rows.</param>
    /// <param name="read">Gets the item and the number of common users with every item below size.</param>
    /// <param name="cancellationToken">Stops between rows.</param>
    public static void ForEachRow<TState>(
        Sequences data, int size, Func<TState> state, RowReader<TState> read, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, size, options, () => (Counts: new int[size], State: state()), (item, _, local) =>
        {
            Array.Clear(local.Counts);
            foreach (var place in data.PlacesOf(item))
            {
                Count(data.ItemsOf(data.UserOf[place]), local.Counts);
            }

            read(item, local.Counts, local.State);
            return local;
        }, _ => { });
    }

    private static void Count(ReadOnlySpan<int> basket, int[] counts)
    {
        foreach (var other in basket)
        {
            if ((uint)other < (uint)counts.Length)
            {
                counts[other]++;
            }
        }
    }
}
