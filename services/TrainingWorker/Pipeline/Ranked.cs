using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Judges an order of candidates.</summary>
internal static class Ranked
{
    /// <summary>Metrics of a case for the scores of its candidates; a positive that is no candidate is never found.</summary>
    public static UserMetrics Metrics(RankedCase one, float[] scores) => UserMetrics.Of(
        one.Case.User,
        Array.ConvertAll(one.Case.Positives, item => Array.IndexOf(one.Items, item) is var place and >= 0
            ? RankingMetrics.Rank(scores, place)
            : int.MaxValue));

    /// <summary>Scores of the candidates of a case.</summary>
    public static float[] Scores(TreeEnsemble trees, RankedCase one, int width)
    {
        var scores = new float[one.Items.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = trees.Score(one.Rows.AsSpan(i * width, width));
        }

        return scores;
    }

    /// <summary>The first ten items.</summary>
    public static int[] List(RankedCase one, float[] scores)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(Array.ConvertAll(scores, score => -score), order);
        return [.. order.Take(UserMetrics.Cutoff).Select(at => one.Items[at])];
    }
}
