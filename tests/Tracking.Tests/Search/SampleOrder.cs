namespace MlKit.Tests.Search;

/// <summary>An order as data, and the plain sorting that it stands for.</summary>
internal sealed record SampleOrder(SampleField Field, string Key, bool Descending)
{
    /// <summary>Sorts by the items, then newest first, then by id.</summary>
    public static IEnumerable<SampleRun> Sort(IEnumerable<SampleRun> runs, IReadOnlyList<SampleOrder> order)
    {
        var list = runs.ToList();
        list.Sort((a, b) =>
        {
            foreach (var item in order)
            {
                if (item.Compare(a, b) is var result && result != 0)
                {
                    return result;
                }
            }

            var byTime = order.Any(item => item.Field == SampleField.StartTime) ? 0 : b.StartTime.CompareTo(a.StartTime);
            return byTime != 0 ? byTime : string.CompareOrdinal(a.Id, b.Id);
        });
        return list;
    }

    private int Compare(SampleRun a, SampleRun b)
    {
        var (rankA, numberA, textA) = Value(a);
        var (rankB, numberB, textB) = Value(b);
        if (rankA != rankB)
        {
            return rankA.CompareTo(rankB);
        }

        var result = rankA != 0 ? 0 : textA is null ? numberA.CompareTo(numberB) : string.CompareOrdinal(textA, textB);
        return Descending ? -result : result;
    }

    /// <summary>Rank 0 is a value, 1 NaN, 2 what is missing: always in this order.</summary>
    private (int Rank, double Number, string? Text) Value(SampleRun run) => Field switch
    {
        SampleField.StartTime => (0, run.StartTime, null),
        SampleField.EndTime => run.EndTime is { } end ? (0, end, null) : (2, 0, null),
        SampleField.Name => (0, 0, run.Name),
        SampleField.Status => (0, 0, run.Status.ToString().ToUpperInvariant()),
        SampleField.UserId => (0, 0, run.UserId),
        SampleField.Metric => run.Metrics.TryGetValue(Key, out var value) ? (double.IsNaN(value) ? 1 : 0, value, null) : (2, 0, null),
        SampleField.Param => run.Params.TryGetValue(Key, out var text) ? (0, 0, text) : (2, 0, ""),
        _ => run.Tags.TryGetValue(Key, out var tag) ? (0, 0, tag) : (2, 0, ""),
    };
}
