using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Decides on tuning cases whether the learned order or that of retrieval serves. Where the cut is in time there is a next
/// item that the order of events tells of: the learned order is kept unless the cases clearly speak against it. Where the
/// cut is random there is none: the learned order must clearly prove itself. Clearly: the 95 % interval of the mean
/// difference in NDCG@10 (paired bootstrap) lies on one side of zero.
/// </summary>
internal static class OrderRule
{
    /// <summary>Learned minus retrieval's NDCG@10 on the cases.</summary>
    public static Interval Difference(RankerModel ranker, IReadOnlyList<RankedCase> cases, int width) => Bootstrap.Mean(
        [.. cases.AsParallel().AsOrdered().Select(one =>
            Ranked.Metrics(one, Ranked.Scores(ranker.Trees, one, width)).Ndcg - Ranked.Metrics(one, AsRetrieved(one)).Ndcg)]);

    /// <summary>Whether retrieval's order serves.</summary>
    public static bool KeepsRetrieval(Interval difference, bool inOrder) => inOrder ? difference.Upper < 0 : !(difference.Lower > 0);

    private static float[] AsRetrieved(RankedCase one) => [.. one.Items.Select((_, rank) => (float)-rank)];
}
