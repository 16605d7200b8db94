using MlKit.Features;
using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Features as they were before the positives of a case: never newer than the second before its cut.</summary>
internal interface IPointInTimeFeatures
{
    /// <summary>One state per case; unknown where nothing was known at that time.</summary>
    Task<UserState[]> UsersAsync(IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken);

    /// <summary>By case: one state per item (index of the data set); unknown where nothing was known at that time.</summary>
    Task<ItemState[][]> ItemsAsync(IReadOnlyList<RankingCase> cases, IReadOnlyList<int[]> items, CancellationToken cancellationToken);
}
