using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>Trains a <see cref="RetrievalModel"/>.</summary>
public static class RetrievalTrainer
{
    /// <summary>Trains on all events of <paramref name="histories"/>.</summary>
    public static RetrievalModel Train(
        UserHistories histories, RetrievalOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(options);
        var items = ItemVocabulary.Of(histories, options.MaxItems);
        return new RetrievalModel(
            items,
            Array.ConvertAll(items.DataIndex, item => histories.Data.ItemIds[item]),
            options,
            EaseTrainer.Train(histories, items, options.Lambda, cancellationToken),
            TransitionTrainer.Train(histories, items, options.TransitionsPerItem),
            PopularityTrainer.Train(histories, items, options.PopularityHalfLife));
    }
}
