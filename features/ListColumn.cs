namespace MlKit.Features;

/// <summary>Columns that place a component's score within the list of candidates.</summary>
internal static class ListColumn
{
    private const double Epsilon = 1e-9;

    public static void Fill(IReadOnlyList<Candidate> candidates, int component, string ending, Action<int, double> set)
    {
        var values = new float[candidates.Count];
        for (var row = 0; row < values.Length; row++)
        {
            var own = candidates[row].Components.Span;
            values[row] = component < own.Length ? own[component] : 0;
        }

        switch (ending)
        {
            case "_rank_log":
                FillRanks(values, set);
                break;
            case "_list_z":
                FillStandardized(values, set);
                break;
            default:
                for (var row = 0; row < values.Length; row++)
                {
                    set(row, values[row]);
                }

                break;
        }
    }

    /// <summary>Equal values share the best of their ranks, so the order of the list does not matter.</summary>
    private static void FillRanks(float[] values, Action<int, double> set)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        var keys = Array.ConvertAll(values, value => -value);
        Array.Sort(keys, order);
        var rank = 0;
        for (var place = 0; place < order.Length; place++)
        {
            rank = place > 0 && keys[place] == keys[place - 1] ? rank : place;
            set(order[place], Math.Log(1 + rank));
        }
    }

    private static void FillStandardized(float[] values, Action<int, double> set)
    {
        var mean = values.Length == 0 ? 0 : values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (double)(value - mean)) / Math.Max(1, values.Length)) + Epsilon;
        for (var row = 0; row < values.Length; row++)
        {
            set(row, (values[row] - mean) / deviation);
        }
    }
}
