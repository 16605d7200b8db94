using System.Numerics.Tensors;

namespace MlKit.Recommendation.Retrieval;

/// <summary>How well an item's traits (genres) fit those of the newest items of the history.</summary>
public sealed class TraitScorer(float[] traits, int width, double halfLife) : HistoryScorer
{
    /// <summary>Traits of each item, each row of length 1 or 0; [items, Width] row-major.</summary>
    public float[] Traits => traits;

    /// <summary>Number of different traits.</summary>
    public int Width => width;

    /// <summary>Events after which an item of the history counts half.</summary>
    public double HalfLife => halfLife;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, Span<float> scores)
    {
        Span<float> taste = stackalloc float[width];
        taste.Clear();
        var power = HistoryWeights.Power(halfLife);
        for (var h = 0; h < history.Length; h++)
        {
            if (history[h] >= 0 && weights[h] > 0)
            {
                TensorPrimitives.MultiplyAdd(traits.AsSpan(history[h] * width, width), MathF.Pow(weights[h], power), taste, taste);
            }
        }

        for (var item = 0; item < scores.Length; item++)
        {
            scores[item] = TensorPrimitives.Dot(traits.AsSpan(item * width, width), taste);
        }
    }
}
