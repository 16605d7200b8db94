namespace MlKit.Recommendation.Evaluation;

/// <summary>Metrics of one case, all at a cut-off of 10.</summary>
/// <param name="User">Index of the user.</param>
/// <param name="HitRate">1 where a positive is within the first 10.</param>
/// <param name="Ndcg">DCG over the best possible DCG.</param>
/// <param name="Precision">Share of the first 10 that is right.</param>
/// <param name="Recall">Share of the positives within the first 10.</param>
/// <param name="ReciprocalRank">1 / rank of the best positive, also beyond 10.</param>
public readonly record struct UserMetrics(int User, double HitRate, double Ndcg, double Precision, double Recall, double ReciprocalRank)
{
    /// <summary>The cut-off.</summary>
    public const int Cutoff = 10;

    /// <summary>From the ranks (from 1) of the positives; <see cref="int.MaxValue"/> is never found.</summary>
    public static UserMetrics Of(int user, ReadOnlySpan<int> ranks)
    {
        int hits = 0, best = int.MaxValue;
        double gain = 0, ideal = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            hits += ranks[i] <= Cutoff ? 1 : 0;
            gain += RankingMetrics.Gain(ranks[i], Cutoff);
            ideal += RankingMetrics.Gain(i + 1, Cutoff);
            best = Math.Min(best, ranks[i]);
        }

        return new UserMetrics(user, hits > 0 ? 1 : 0, gain / ideal, hits / (double)Cutoff, hits / (double)ranks.Length, best == int.MaxValue ? 0 : 1.0 / best);
    }
}
