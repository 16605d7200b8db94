using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Features;

namespace MlKit.TrainingWorker.Tests;

public sealed class PointInTimeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-features-").FullName;
    private readonly DataSet _data = SyntheticData.Generate(new SyntheticOptions { Users = 80, Items = 90, MeanEventsPerUser = 30 });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_feature_of_the_training_set_knows_of_the_event_it_explains_or_of_later_ones()
    {
        var (task, cut) = Cut();
        await using var store = Open();
        var features = await CaseFeatures.PrepareAsync(task, cut, store, TestContext.Current.CancellationToken);
        var known = task.Training.ToDataSet().Interactions;
        RankingCase[] cases = [.. task.Cases, .. cut.Tuning, .. cut.Learning];

        var states = await features.UsersAsync(cases, TestContext.Current.CancellationToken);
        var items = await features.ItemsAsync(cases, [.. cases.Select(one => one.Positives)], TestContext.Current.CancellationToken);

        for (var at = 0; at < cases.Length; at++)
        {
            var before = known.Where(e => e.User == cases[at].User && e.Timestamp < cases[at].Cut).ToArray();
            Assert.Equal(before.Length, states[at].EventCount);
            Assert.Equal(before[^1].Timestamp, states[at].LastEventTime!.Value.ToUnixTimeSeconds());
            Assert.Equal(before.Average(e => e.Value), states[at].MeanValue, 1e-5);
            Assert.Equal(before.Sum(e => _data.Items[e.Item].Genres.Count) / (double)before.Length, states[at].GenreWeights.Sum(), 1e-9);
            Assert.InRange(items[at][0].EventCount, 0, known.Count(e => e.Item == cases[at].Positives[0] && e.Timestamp < cases[at].Cut));
        }
    }

    [Fact]
    public async Task Item_counts_lag_behind_by_no_more_than_one_span()
    {
        await using var store = Open();
        await store.WriteAsync(_data, FeatureSnapshots.Take(_data, [.. _data.UserIds.Select(_ => Array.Empty<long>())]), TestContext.Current.CancellationToken);
        var last = DateTimeOffset.FromUnixTimeSeconds(_data.Interactions[^1].Timestamp);

        var items = await store.ItemsAsync([.. _data.ItemIds.Select(id => new EntityTime(id, last))], TestContext.Current.CancellationToken);

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

    private (EvaluationTask Task, TuningCut Cut) Cut()
    {
        var task = ProtocolSplitter.Split(_data, Protocol.LatestOut, 1);
        return (task, TuningCut.Of(task, 1));
    }

    private FeatureRepository Open() => FeatureRepository.Open(
        "test", Path.Combine(_folder, "registry.db"), Path.Combine(_folder, "offline"), null, TimeProvider.System);
}
