namespace MlKit.Recommendation.Retrieval;

/// <summary>One way to score every item for a weighted history; the models of the kit share this one interface.</summary>
public abstract class HistoryScorer
{
    /// <summary>Overwrites <paramref name="scores"/>.</summary>
    /// <param name="history">Model indexes, -1 for items that the model does not know; each item once.</param>
    /// <param name="weights">Standard weights (see <see cref="HistoryWeights"/>), not negative; 0 leaves an item out.</param>
    /// <param name="scores">One entry per item of the model; larger is better.</param>
    public abstract void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, Span<float> scores);
}
