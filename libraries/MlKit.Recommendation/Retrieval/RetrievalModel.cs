using System.Numerics.Tensors;
using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Scores all items for a weighted history: z-score of EASE plus a weighted z-score of the transition model, both
/// linear in the history. A history without a known item gets time-decayed popularity. The ONNX export computes
/// the same.
/// </summary>
public sealed class RetrievalModel
{
    internal RetrievalModel(
        ItemVocabulary items, string[] itemIds, RetrievalOptions options, float[] ease, SparseRows transitions, float[] popularity)
    {
        Items = items;
        ItemIds = itemIds;
        Options = options;
        Ease = ease;
        Transitions = transitions;
        Popularity = popularity;
    }

    /// <summary>The items that the model knows.</summary>
    public ItemVocabulary Items { get; }

    /// <summary>Raw ids of <see cref="Items"/>.</summary>
    public string[] ItemIds { get; }

    /// <summary>The parameters that it was trained with.</summary>
    public RetrievalOptions Options { get; }

    /// <summary>EASE weights, [n, n] row-major.</summary>
    public float[] Ease { get; }

    /// <summary>Transition weights, n rows.</summary>
    public SparseRows Transitions { get; }

    /// <summary>Time-decayed popularity, [n].</summary>
    public float[] Popularity { get; }

    /// <summary>The same matrices under other half-lives and another blend.</summary>
    public RetrievalModel With(RetrievalOptions options) => new(Items, ItemIds, options, Ease, Transitions, Popularity);

    /// <summary>The same items with EASE trained anew, for another lambda.</summary>
    public RetrievalModel WithEase(UserHistories histories, RetrievalOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var ease = EaseTrainer.Train(histories, Items, options.Lambda, cancellationToken);
        return new RetrievalModel(Items, ItemIds, options, ease, Transitions, Popularity);
    }

    /// <summary>Scores of all items.</summary>
    /// <param name="history">Events, oldest first; the newest weighs most.</param>
    public RetrievalScores Score(ReadOnlySpan<Interaction> history)
    {
        var items = new int[history.Length];
        var weights = new float[history.Length];
        for (var age = 0; age < history.Length; age++)
        {
            items[age] = Items.ModelIndex(history[history.Length - 1 - age].Item);
            weights[age] = HistoryWeights.Standard(age);
        }

        return Score(items, weights);
    }

    /// <summary>Scores of all items.</summary>
    /// <param name="history">Model indexes, -1 for items that the model does not know.</param>
    /// <param name="weights">One weight per item, not negative; 0 masks the item without counting it.</param>
    public RetrievalScores Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights)
    {
        var n = Items.Count;
        var ease = new float[n];
        var transitions = new float[n];
        var known = false;
        var easePower = HistoryWeights.Power(Options.EaseHalfLife);
        var transitionPower = HistoryWeights.Power(Options.TransitionHalfLife);
        for (var h = 0; h < history.Length; h++)
        {
            if (history[h] >= 0 && weights[h] > 0)
            {
                known = true;
                var row = Ease.AsSpan(checked((int)((long)history[h] * n)), n);
                TensorPrimitives.MultiplyAdd(row, MathF.Pow(weights[h], easePower), ease, ease);
                AddTransitions(history[h], MathF.Pow(weights[h], transitionPower), transitions);
            }
        }

        Standardize(ease);
        Standardize(transitions);
        var scores = new float[n];
        if (known)
        {
            TensorPrimitives.MultiplyAdd(transitions, (float)Options.TransitionWeight, ease, scores);
        }
        else
        {
            Popularity.CopyTo(scores, 0);
        }

        return new RetrievalScores(scores, ease, transitions);
    }

    private void AddTransitions(int item, float weight, float[] sums)
    {
        if (weight == 0)
        {
            return;
        }

        var width = Transitions.Width;
        for (var at = item * width; at < (item + 1) * width; at++)
        {
            sums[Transitions.Columns[at]] += weight * Transitions.Values[at];
        }
    }

    /// <summary>Subtracts the mean and divides by the standard deviation; constant values become 0.</summary>
    private static void Standardize(float[] values)
    {
        var mean = TensorPrimitives.Sum<float>(values) / values.Length;
        TensorPrimitives.Subtract(values, mean, values);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(values) / values.Length) + Epsilon;
        TensorPrimitives.Divide(values, deviation, values);
    }

    internal const float Epsilon = 1e-12f;
}
