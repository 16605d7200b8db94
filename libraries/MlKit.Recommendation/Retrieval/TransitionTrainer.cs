using MlKit.Recommendation.Data;

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

    public static SparseRows Train(UserHistories histories, ItemVocabulary items, int perItem)
    {
        var counts = Count(histories, items);
        var from = new double[items.Count];
        var to = new double[items.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            foreach (var (j, count) in counts[i])
            {
                from[i] += count;
                to[j] += count;
            }
        }

        var rows = new SparseRows(items.Count, perItem);
        for (var i = 0; i < counts.Length; i++)
        {
            rows.Set(i, counts[i].Select(pair =>
                (pair.Key, (float)(pair.Value / (Math.Pow(from[i], FromDamping) * Math.Pow(to[pair.Key], ToDamping))))));
        }

        return rows;
    }

    private static Dictionary<int, float>[] Count(UserHistories histories, ItemVocabulary items)
    {
        var counts = new Dictionary<int, float>[items.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = [];
        }

        for (var user = 0; user < histories.Count; user++)
        {
            var events = histories[user];
            for (var t = 0; t < events.Length; t++)
            {
                var i = items.ModelIndex(events[t].Item);
                for (var d = 1; i >= 0 && d <= StepWeights.Length && t + d < events.Length; d++)
                {
                    var j = items.ModelIndex(events[t + d].Item);
                    if (j >= 0)
                    {
                        counts[i][j] = counts[i].GetValueOrDefault(j) + StepWeights[d - 1];
                    }
                }
            }
        }

        return counts;
    }
}
