using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>Number of users per item, each event halved in weight per half-life before the newest event.</summary>
internal static class PopularityTrainer
{
    public static float[] Train(UserHistories histories, ItemVocabulary items, TimeSpan halfLife)
    {
        long now = long.MinValue;
        for (var user = 0; user < histories.Count; user++)
        {
            foreach (var one in histories[user])
            {
                now = Math.Max(now, one.Timestamp);
            }
        }

        var decays = histories.Data.HasClock && halfLife != TimeSpan.MaxValue;
        var sums = new double[items.Count];
        for (var user = 0; user < histories.Count; user++)
        {
            foreach (var one in histories[user])
            {
                if (items.ModelIndex(one.Item) is var index and >= 0)
                {
                    sums[index] += decays ? Math.Pow(0.5, (now - one.Timestamp) / halfLife.TotalSeconds) : 1;
                }
            }
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }
}
