namespace MlKit.Recommendation.Retrieval;

/// <summary>A sum of rows: EASE, neighbours, transitions.</summary>
public sealed class LinearScorer(ItemRows rows, double halfLife) : HistoryScorer
{
    private const float Negligible = 1e-6f;

    /// <summary>The matrix.</summary>
    public ItemRows Rows => rows;

    /// <summary>Events after which an item of the history counts half.</summary>
    public double HalfLife => halfLife;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, Span<float> scores)
    {
        scores.Clear();
        var power = HistoryWeights.Power(halfLife);
        for (var h = 0; h < history.Length; h++)
        {
            if (history[h] >= 0 && weights[h] > 0 && MathF.Pow(weights[h], power) is var weight and > Negligible)
            {
                rows.AddTo(history[h], weight, scores);
            }
        }
    }
}
