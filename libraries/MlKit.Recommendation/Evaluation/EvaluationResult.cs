namespace MlKit.Recommendation.Evaluation;

/// <summary>Metrics of one model by one protocol, averaged over users.</summary>
/// <param name="Users">Users with a positive.</param>
/// <param name="HitRateAt10">Share of users whose positive ranks within 10.</param>
/// <param name="NdcgAt10">Mean of 1 / log2(rank + 1) over users, 0 beyond rank 10.</param>
public sealed record EvaluationResult(int Users, double HitRateAt10, double NdcgAt10)
{
    /// <summary>Averages ranks; an item that the model does not know counts as never found.</summary>
    public static EvaluationResult Of(IReadOnlyCollection<int> ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        const int cutoff = 10;
        return ranks.Count == 0
            ? new EvaluationResult(0, 0, 0)
            : new EvaluationResult(
                ranks.Count, ranks.Average(r => RankingMetrics.Hit(r, cutoff)), ranks.Average(r => RankingMetrics.Gain(r, cutoff)));
    }
}
