namespace MlKit.Recommendation.Retrieval;

/// <summary>The same scores for everybody.</summary>
public sealed class ConstantScorer(float[] values) : HistoryScorer
{
    /// <summary>Score of each item.</summary>
    public float[] Values => values;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, Span<float> scores) => values.CopyTo(scores);
}
