namespace MlKit.Recommendation.Retrieval;

/// <summary>A factorisation into which the history is folded; all items of the history count alike.</summary>
public sealed class FactorScorer(FactorModel model) : HistoryScorer
{
    /// <summary>The item vectors.</summary>
    public FactorModel Model => model;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, Span<float> scores)
    {
        var known = new List<int>(history.Length);
        for (var h = 0; h < history.Length; h++)
        {
            if (history[h] >= 0 && weights[h] > 0)
            {
                known.Add(history[h]);
            }
        }

        model.Score(model.FoldIn(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(known)), scores);
    }
}
