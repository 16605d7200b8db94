using System.Numerics.Tensors;
using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Scores all items for a weighted history: a weighted sum of the z-scores of its parts. A history without a known item
/// gets time-decayed popularity. The ONNX export computes the same.
/// </summary>
public sealed class RetrievalModel
{
    internal const float Epsilon = 1e-12f;

    internal RetrievalModel(
        ItemVocabulary items, string[] itemIds, RetrievalOptions options, IReadOnlyList<RetrievalComponent> components, float[] popularity)
    {
        Items = items;
        ItemIds = itemIds;
        Options = options;
        Components = components;
        Popularity = popularity;
    }

    /// <summary>The items that the model knows.</summary>
    public ItemVocabulary Items { get; }

    /// <summary>Raw ids of <see cref="Items"/>.</summary>
    public string[] ItemIds { get; }

    /// <summary>The parameters that it was trained with.</summary>
    public RetrievalOptions Options { get; }

    /// <summary>The parts, in the order of <see cref="ComponentNames.All"/>; absent parts are left out.</summary>
    public IReadOnlyList<RetrievalComponent> Components { get; }

    /// <summary>Time-decayed popularity, [n].</summary>
    public float[] Popularity { get; }

    /// <summary>The same parts with other weights.</summary>
    public RetrievalModel WithWeights(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return new RetrievalModel(
            Items, ItemIds, Options with { Weights = weights },
            [.. Components.Select(part => part with { Weight = (float)weights.GetValueOrDefault(part.Name) })], Popularity);
    }

    /// <summary>A buffer for <see cref="Score(ReadOnlySpan{Interaction}, RetrievalScores)"/>.</summary>
    public RetrievalScores NewScores() => new(Components.Count, Items.Count);

    /// <summary>Scores of all items.</summary>
    /// <param name="history">Events, oldest first; the newest weighs most.</param>
    public RetrievalScores Score(ReadOnlySpan<Interaction> history)
    {
        var scores = NewScores();
        Score(history, scores);
        return scores;
    }

    /// <summary>Scores of all items into a buffer of <see cref="NewScores"/>.</summary>
    public void Score(ReadOnlySpan<Interaction> history, RetrievalScores into)
    {
        var (items, weights) = Weigh(Items, history);
        Score(items, weights, into);
    }

    /// <summary>Scores of all items into a buffer of <see cref="NewScores"/>.</summary>
    /// <param name="history">Model indexes, -1 for items that the model does not know.</param>
    /// <param name="weights">One weight per item, not negative; 0 masks the item without counting it.</param>
    /// <param name="into">Gets the scores.</param>
    public void Score(ReadOnlySpan<int> history, ReadOnlySpan<float> weights, RetrievalScores into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var total = into.Total.AsSpan();
        total.Clear();
        for (var c = 0; c < Components.Count; c++)
        {
            var own = into.Components[c].AsSpan();
            Components[c].Scorer.Score(history, weights, own);
            Standardize(own);
            TensorPrimitives.MultiplyAdd(own, Components[c].Weight, total, total);
        }

        into.AnyKnown = AnyKnown(history, weights);
        if (!into.AnyKnown)
        {
            Popularity.CopyTo(total);
        }
    }

    /// <summary>z-scores of one part over all items for a history (oldest first).</summary>
    public static void ScoreAlone(ItemVocabulary items, HistoryScorer scorer, ReadOnlySpan<Interaction> history, Span<float> scores)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(scorer);
        var (indexes, weights) = Weigh(items, history);
        scorer.Score(indexes, weights, scores);
        Standardize(scores);
    }

    /// <summary>Model indexes and standard weights of a history, newest first.</summary>
    private static (int[] Items, float[] Weights) Weigh(ItemVocabulary vocabulary, ReadOnlySpan<Interaction> history)
    {
        var items = new int[history.Length];
        var weights = new float[history.Length];
        for (var age = 0; age < history.Length; age++)
        {
            items[age] = vocabulary.ModelIndex(history[history.Length - 1 - age].Item);
            weights[age] = HistoryWeights.Standard(age);
        }

        return (items, weights);
    }

    /// <summary>Subtracts the mean and divides by the standard deviation; constant values become 0.</summary>
    internal static void Standardize(Span<float> values)
    {
        var mean = TensorPrimitives.Sum<float>(values) / values.Length;
        TensorPrimitives.Subtract(values, mean, values);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(values) / values.Length) + Epsilon;
        TensorPrimitives.Divide(values, deviation, values);
    }

    private static bool AnyKnown(ReadOnlySpan<int> history, ReadOnlySpan<float> weights)
    {
        for (var h = 0; h < history.Length; h++)
        {
            if (history[h] >= 0 && weights[h] > 0)
            {
                return true;
            }
        }

        return false;
    }
}
