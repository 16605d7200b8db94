using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Features;

/// <summary>Features of cases by point-in-time joins against the feature store.</summary>
internal sealed class StoredFeatures(FeatureRepository store, DataSet data) : IPointInTimeFeatures
{
    public Task<UserState[]> UsersAsync(IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken) =>
        store.UsersAsync([.. cases.Select(one => new EntityTime(data.UserIds[one.User], AsOf(one)))], cancellationToken);

    public async Task<ItemState[][]> ItemsAsync(
        IReadOnlyList<RankingCase> cases, IReadOnlyList<int[]> items, CancellationToken cancellationToken)
    {
        var keys = cases.SelectMany((one, at) => items[at].Select(item => new EntityTime(data.ItemIds[item], AsOf(one))));
        var states = await store.ItemsAsync([.. keys], cancellationToken);
        var answer = new ItemState[cases.Count][];
        var first = 0;
        for (var at = 0; at < answer.Length; at++)
        {
            answer[at] = states.AsSpan(first, items[at].Length).ToArray();
            first += items[at].Length;
        }

        return answer;
    }

    /// <summary>The second before the first positive: nothing that happened with it or after it may be seen.</summary>
    public static DateTimeOffset AsOf(RankingCase one) => DateTimeOffset.FromUnixTimeSeconds(one.Cut - 1);
}
