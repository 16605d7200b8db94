using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.TrainingWorker.Features;

namespace MlKit.TrainingWorker.Pipeline;

internal sealed class InMemoryFeatures(DataSet data, FeatureSnapshots snapshots) : IPointInTimeFeatures
{
    private readonly Dictionary<string, UserSnapshot[]> _users = snapshots.Users.GroupBy(s => data.UserIds[s.User]).ToDictionary(g => g.Key, g => g.OrderBy(s => s.Time).ToArray());
    private readonly Dictionary<string, ItemSnapshot[]> _items = snapshots.Items.GroupBy(s => data.ItemIds[s.Item]).ToDictionary(g => g.Key, g => g.OrderBy(s => s.Time).ToArray());
    private readonly Dictionary<string, int> _index = data.ItemIds.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);

    public Task<UserState[]> UsersAsync(IReadOnlyList<EntityTime> keys, CancellationToken cancellationToken) => Task.FromResult(keys.Select(k =>
    {
        var s = _users[k.Id].LastOrDefault(s => s.Time <= k.AsOf);
        return s is null ? UserState.Unknown : new UserState { EventCount = s.EventCount, MeanValue = s.MeanValue, LastEventTime = s.LastItemTimes[0], MeanItemPopularity = s.MeanItemPopularity, Genres = s.Genres, GenreWeights = s.GenreWeights };
    }).ToArray());

    public Task<ItemState[]> ItemsAsync(IReadOnlyList<EntityTime> keys, CancellationToken cancellationToken) => Task.FromResult(keys.Select(k =>
    {
        var d = data.Items[_index[k.Id]];
        var s = _items.TryGetValue(k.Id, out var all) ? all.LastOrDefault(s => s.Time <= k.AsOf) : null;
        return new ItemState { Genres = d.Genres, ReleaseYear = d.ReleaseYear, EventCount = s?.EventCount ?? 0, RecentCount = s?.RecentCount ?? 0, MeanValue = s?.MeanValue ?? 0, FirstEventTime = s?.FirstEventTime };
    }).ToArray());
}
