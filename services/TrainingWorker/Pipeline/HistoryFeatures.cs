using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Features that follow from the case alone, for data without times (or cut at random): what the user did before, and
/// what never changes of an item. Nothing here knows a clock.
/// </summary>
internal sealed class HistoryFeatures(DataSet data) : IPointInTimeFeatures
{
    public Task<UserState[]> UsersAsync(IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken) =>
        Task.FromResult(cases.Select(one => State(one.History)).ToArray());

    public Task<ItemState[][]> ItemsAsync(IReadOnlyList<RankingCase> cases, IReadOnlyList<int[]> items, CancellationToken cancellationToken) =>
        Task.FromResult(items.Select(list => Array.ConvertAll(list, item => new ItemState { Genres = data.Items[item].Genres })).ToArray());

    private UserState State(Interaction[] history)
    {
        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var values = 0.0;
        foreach (var one in history)
        {
            values += one.Value;
            foreach (var genre in data.Items[one.Item].Genres)
            {
                shares[genre] = shares.GetValueOrDefault(genre) + (1.0 / history.Length);
            }
        }

        return new UserState
        {
            EventCount = history.Length,
            MeanValue = history.Length == 0 ? 0 : values / history.Length,
            Genres = [.. shares.Keys],
            GenreWeights = [.. shares.Values],
        };
    }
}
