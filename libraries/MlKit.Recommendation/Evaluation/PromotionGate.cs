using System.Globalization;

namespace MlKit.Recommendation.Evaluation;

/// <summary>Decides whether a new model may replace the champion.</summary>
public static class PromotionGate
{
    /// <summary>How much worse than the champion, as a share, counts as equal.</summary>
    public const double Tolerance = 0.02;

    /// <summary>Checks the candidate's metrics.</summary>
    /// <param name="candidate">Metrics of the new model.</param>
    /// <param name="popularity">Metrics of plain popularity by the same protocol.</param>
    /// <param name="champion">Metrics of the champion by the same protocol on the same data; null where there is none.</param>
    public static GateDecision Check(EvaluationResult candidate, EvaluationResult popularity, EvaluationResult? champion)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(popularity);
        var reasons = new List<string>();
        MustBeat(reasons, "HR@10", candidate.HitRateAt10, popularity.HitRateAt10);
        MustBeat(reasons, "NDCG@10", candidate.NdcgAt10, popularity.NdcgAt10);
        if (champion is not null)
        {
            MustKeep(reasons, "HR@10", candidate.HitRateAt10, champion.HitRateAt10);
            MustKeep(reasons, "NDCG@10", candidate.NdcgAt10, champion.NdcgAt10);
        }

        return new GateDecision(reasons);
    }

    // Written so that NaN fails too.
    private static void MustBeat(List<string> reasons, string metric, double own, double popularity)
    {
        if (!(own > popularity))
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{metric} {own:0.0000} does not beat popularity's {popularity:0.0000}"));
        }
    }

    private static void MustKeep(List<string> reasons, string metric, double own, double champion)
    {
        if (!(own >= champion * (1 - Tolerance)))
        {
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{metric} {own:0.0000} is worse than the champion's {champion:0.0000}"));
        }
    }
}
