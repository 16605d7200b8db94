using MlKit.Recommendation.Data;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Tests;

public sealed class PointInTimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-features-").FullName;
    private readonly DataSet _data = SyntheticData.Generate(new SyntheticOptions { Users = 80, Items = 90, MeanEventsPerUser = 30 });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_feature_of_the_training_set_knows_of_the_event_it_explains_or_of_later_ones()
    {
        var plan = TrainingPlan.Of(_data);
        await using var features = await FillAsync(plan);
        foreach (var task in new[] { plan.Training, plan.Test })
        {
            var users = Enumerable.Range(0, plan.All.Count).Where(user => task.Positives[user].Length > 0).ToArray();
            var userKeys = users.Select(user => new EntityTime(_data.UserIds[user], RankingSetBuilder.AsOf(task, user))).ToArray();
            var states = await features.UsersAsync(userKeys, TestContext.Current.CancellationToken);
            for (var at = 0; at < users.Length; at++)
            {
                var before = _data.Interactions.Where(e => e.User == users[at] && e.Timestamp < task.Cuts[users[at]]).ToArray();
                Assert.Equal(before.Length, states[at].EventCount);
                Assert.Equal(before[^1].Timestamp, states[at].LastEventTime!.Value.ToUnixTimeSeconds());
                Assert.Equal(before.Average(e => e.Value), states[at].MeanValue, 1e-5);
                Assert.Equal(
                    before.Sum(e => _data.Items[e.Item].Genres.Count) / (double)before.Length, states[at].GenreWeights.Sum(), 1e-9);
            }

            var itemKeys = users.Select(user => new EntityTime(
                _data.ItemIds[task.Positives[user][0]], RankingSetBuilder.AsOf(task, user))).ToArray();
            var items = await features.ItemsAsync(itemKeys, TestContext.Current.CancellationToken);
            for (var at = 0; at < users.Length; at++)
            {
                var before = _data.Interactions.Count(e =>
                    e.Item == task.Positives[users[at]][0] && e.Timestamp < task.Cuts[users[at]]);
                Assert.InRange(items[at].EventCount, 0, before);
            }
        }
    }

    [Fact]
    public async Task Item_counts_lag_behind_by_no_more_than_one_span()
    {
        var plan = TrainingPlan.Of(_data);
        await using var features = await FillAsync(plan);
        var last = DateTimeOffset.FromUnixTimeSeconds(_data.Interactions[^1].Timestamp);

        var items = await features.ItemsAsync(
            [.. _data.ItemIds.Select(id => new EntityTime(id, last))], TestContext.Current.CancellationToken);

        Assert.Equal(_data.Interactions.Length, items.Sum(item => item.EventCount));
        Assert.Equal(_data.Items.Select(item => item.Genres), items.Select(item => item.Genres));
    }

    [Fact]
    public void Snapshots_list_the_newest_items_first()
    {
        var builder = new DataSetBuilder("test");
        builder.Add("u", "a", 1, 1);
        builder.Add("u", "b", 2, 3);
        builder.Add("u", "a", 3, 5);
        builder.Add("u", "c", 4, 5);
        var data = builder.Build();

        var users = FeatureSnapshots.Take(data, [[4L]]).Users;

        Assert.Equal(2, users.Count);
        Assert.Equal(["a", "b"], users[0].SeenItems);
        Assert.Equal(["a", "b", "a"], users[0].LastItems);
        Assert.Equal(3, users[0].MeanValue);
        Assert.Equal(["c", "a", "b"], users[1].SeenItems);
        Assert.Equal(4, users[1].EventCount);
    }

    [Fact]
    public void Without_a_clock_item_popularity_is_known_at_the_end_only()
    {
        var builder = new DataSetBuilder("test") { HasClock = false };
        for (var i = 0; i < 200; i++)
        {
            builder.Add($"u{i / 10}", $"i{i % 13}", 0, 1);
        }

        var data = builder.Build();

        var items = FeatureSnapshots.Take(data, [.. data.UserIds.Select(_ => Array.Empty<long>())]).Items;

        Assert.Equal(13, items.Count);
        Assert.All(items, item => Assert.Equal(199, item.Time.ToUnixTimeSeconds()));
    }

    private async Task<FeatureRepository> FillAsync(TrainingPlan plan)
    {
        var features = FeatureRepository.Open(
            "test", Path.Combine(_folder, "registry.db"), Path.Combine(_folder, "offline"), null, TimeProvider.System);
        await features.WriteAsync(_data, plan.Snapshots, TestContext.Current.CancellationToken);
        return features;
    }
}
