using MlKit.Feast;
using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Storage;

namespace MlKit.TrainingWorker.Features;

/// <summary>The feature store as the worker uses it: fill the files, fill the online store, join at points in time.</summary>
internal sealed class FeatureRepository(FeatureStore store, FeatureStore overwriting) : IAsyncDisposable
{
    private static readonly string[] UserFeatures =
    [
        "user_activity:event_count", "user_activity:mean_value", "user_activity:last_item_times",
        "user_profile:genres", "user_profile:genre_weights", "user_profile:mean_item_popularity",
    ];

    private static readonly string[] ItemFeatures =
    [
        "item_popularity:event_count", "item_popularity:recent_count", "item_popularity:mean_value",
        "item_popularity:first_event_time", "item_profile:genres", "item_profile:release_year",
    ];

    /// <summary>Opens the store; without <paramref name="redis"/> only the files can be used.</summary>
    public static FeatureRepository Open(string project, string registry, string offline, string? redis, TimeProvider time, S3Options? s3 = null)
    {
        var options = new FeatureStoreOptions(project, registry, offline) { Redis = redis, S3 = s3 };
        return new FeatureRepository(
            new FeatureStore(options, time),
            new FeatureStore(options with { Online = new OnlineStoreOptions { SkipDedup = true } }, time));
    }

    /// <summary>What the registry declares now; others may have changed it since.</summary>
    public ProjectCatalog Registered => store.Catalog;

    /// <summary>Declares the features and replaces the files of all views.</summary>
    public async Task WriteAsync(DataSet data, FeatureSnapshots snapshots, CancellationToken cancellationToken)
    {
        await store.ApplyAsync(RecommenderFeatures.Definitions, cancellationToken);
        await WriteAsync(RecommenderFeatures.UserProfile, FeatureFrames.UserProfile(data, snapshots.Users), cancellationToken);
        await WriteAsync(RecommenderFeatures.UserActivity, FeatureFrames.UserActivity(data, snapshots.Users), cancellationToken);
        await WriteAsync(RecommenderFeatures.ItemProfile, FeatureFrames.ItemProfile(data), cancellationToken);
        await WriteAsync(RecommenderFeatures.ItemPopularity, FeatureFrames.ItemPopularity(data, snapshots.Items), cancellationToken);
    }

    /// <summary>Writes the newest row of each entity to the online store; returns how many rows were written.</summary>
    /// <param name="data">The data that the features were made from.</param>
    /// <param name="overwrite">
    /// Replaces also rows with a newer event time: those of another data set, which is not older or newer but different.
    /// Otherwise events that were pushed since stay.
    /// </param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public async Task<int> MaterializeAsync(DataSet data, bool overwrite, CancellationToken cancellationToken)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(data.Interactions[0].Timestamp - 1);
        var end = DateTimeOffset.FromUnixTimeSeconds(data.Interactions[^1].Timestamp + 1);
        var rows = await (overwrite ? overwriting : store).MaterializeAsync(start, end, cancellationToken: cancellationToken);
        return rows.Values.Sum();
    }

    /// <summary>Whether the online store knows the newest user and item of the data.</summary>
    public async Task<bool> IsOnlineAsync(DataSet data, CancellationToken cancellationToken)
    {
        var last = data.Interactions[^1];
        return await KnowsAsync("user_activity:event_count", RecommenderFeatures.UserKey, data.UserIds[last.User], cancellationToken)
            && await KnowsAsync("item_popularity:event_count", RecommenderFeatures.ItemKey, data.ItemIds[last.Item], cancellationToken);
    }

    public async Task<UserState[]> UsersAsync(IReadOnlyList<EntityTime> keys, CancellationToken cancellationToken)
    {
        var rows = await JoinAsync(RecommenderFeatures.UserKey, keys, UserFeatures, cancellationToken);
        var counts = rows["event_count"].To<long>();
        var values = rows["mean_value"].To<double>();
        var popularity = rows["mean_item_popularity"].To<double>();
        return [.. Enumerable.Range(0, keys.Count).Select(row => new UserState
        {
            EventCount = counts[row],
            MeanValue = values[row],
            LastEventTime = rows["last_item_times"][row] is DateTimeOffset?[] { Length: > 0 } times ? times[0] : null,
            MeanItemPopularity = popularity[row],
            Genres = rows["genres"][row] as IReadOnlyList<string> ?? [],
            GenreWeights = rows["genre_weights"][row] as IReadOnlyList<double> ?? [],
        })];
    }

    public async Task<ItemState[]> ItemsAsync(IReadOnlyList<EntityTime> keys, CancellationToken cancellationToken)
    {
        var rows = await JoinAsync(RecommenderFeatures.ItemKey, keys, ItemFeatures, cancellationToken);
        var counts = rows["event_count"].To<long>();
        var recent = rows["recent_count"].To<long>();
        var values = rows["mean_value"].To<double>();
        var years = rows["release_year"].To<long>();
        return [.. Enumerable.Range(0, keys.Count).Select(row => new ItemState
        {
            Genres = rows["genres"][row] as IReadOnlyList<string> ?? [],
            ReleaseYear = years[row],
            EventCount = counts[row],
            RecentCount = recent[row],
            MeanValue = values[row],
            FirstEventTime = rows["first_event_time"][row] as DateTimeOffset?,
        })];
    }

    /// <summary>
    /// Repeats the joins of some cases as if the newer half of them had not happened yet: the first value of an older case
    /// that changes by that, in words; null where there is none.
    /// </summary>
    public async Task<string?> FindLeakAsync(DataSet data, IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken)
    {
        if (cases.Count == 0)
        {
            return null;
        }

        EntityTime[] users = [.. cases.Select(one => new EntityTime(data.UserIds[one.User], StoredFeatures.AsOf(one)))];
        EntityTime[] items = [.. cases.SelectMany(one => one.Positives.Where(item => item >= 0).Select(item => new EntityTime(data.ItemIds[item], StoredFeatures.AsOf(one))))];
        var middle = users.Select(key => key.AsOf).Order().ElementAt(users.Length / 2);
        foreach (var (key, keys, features) in new[] { (RecommenderFeatures.UserKey, users, UserFeatures), (RecommenderFeatures.ItemKey, items, ItemFeatures) })
        {
            var report = await store.CheckLeakAsync(Entities(key, keys), features, middle, cancellationToken);
            if (report.Leaks.Count > 0)
            {
                return report.ToString();
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        await overwriting.DisposeAsync();
    }

    private Task WriteAsync(string view, FeatureFrame rows, CancellationToken cancellationToken) =>
        store.WriteOfflineAsync(view, rows, append: false, cancellationToken);

    private Task<FeatureFrame> JoinAsync(
        string key, IReadOnlyList<EntityTime> keys, string[] features, CancellationToken cancellationToken) =>
        store.GetHistoricalFeaturesAsync(Entities(key, keys), features, cancellationToken: cancellationToken);

    private static FeatureFrame Entities(string key, IReadOnlyList<EntityTime> keys) => new(
        new FeatureColumn(key, keys.Select(k => k.Id).ToArray()),
        new FeatureColumn("event_timestamp", keys.Select(k => k.AsOf).ToArray()));

    private async Task<bool> KnowsAsync(string feature, string key, string id, CancellationToken cancellationToken)
    {
        var answer = await store.GetOnlineFeaturesAsync(
            [feature], [new FeatureColumn(key, new[] { id })], cancellationToken: cancellationToken);
        return answer.Columns[^1][0] is not null;
    }
}
