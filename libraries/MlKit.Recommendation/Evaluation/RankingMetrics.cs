namespace MlKit.Recommendation.Evaluation;

/// <summary>Ranks and the metrics made of them, as section 1.0 of the evaluation rules demands.</summary>
public static class RankingMetrics
{
    /// <summary>
    /// Rank of the positive among candidates: 1 + number of strictly greater scores + half the number of ties,
    /// rounded down. A constant score therefore ranks in the middle, and array order never matters.
    /// </summary>
    /// <param name="scores">Scores of all candidates, the positive included.</param>
    /// <param name="positive">Position of the positive.</param>
    /// <param name="isCandidate">Whether a position takes part; empty means all do.</param>
    /// <exception cref="NonFiniteScoreException">A score is NaN or infinite.</exception>
    public static int Rank(ReadOnlySpan<float> scores, int positive, ReadOnlySpan<bool> isCandidate = default)
    {
        int greater = 0, ties = 0;
        var own = scores[positive];
        for (var i = 0; i < scores.Length; i++)
        {
            if (!isCandidate.IsEmpty && !isCandidate[i])
            {
                continue;
            }

            if (!float.IsFinite(scores[i]))
            {
                throw new NonFiniteScoreException(i, scores[i]);
            }

            if (i != positive)
            {
                greater += scores[i] > own ? 1 : 0;
                ties += scores[i] == own ? 1 : 0;
            }
        }

        return 1 + greater + (ties / 2);
    }

    /// <summary>1 where the rank is within k, else 0.</summary>
    public static double Hit(int rank, int k) => rank <= k ? 1 : 0;

    /// <summary>1 / log2(rank + 1) where the rank is within k, else 0.</summary>
    public static double Gain(int rank, int k) => rank <= k ? 1 / Math.Log2(rank + 1) : 0;
}
