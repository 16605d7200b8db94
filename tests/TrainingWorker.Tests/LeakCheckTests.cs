using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Judging;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Tests;

public sealed class LeakCheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-leak-").FullName;
    private readonly DataSet _data = SyntheticData.Generate(new SyntheticOptions { Users = 60, Items = 90, MeanEventsPerUser = 30 });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Features_of_the_store_are_clean()
    {
        Assert.Null(await CheckAsync(features => features));
    }

    [Fact]
    public async Task A_user_feature_computed_with_the_future_is_found_and_named()
    {
        var found = await CheckAsync(features => new Leaking(features, user => user with { EventCount = user.EventCount + 1 }, item => item));

        Assert.Contains("event_count of user", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_feature_computed_with_the_future_is_found_and_named()
    {
        var counts = UserHistories.Of(_data).ItemCounts();

        var found = await CheckAsync(features => new Leaking(features, user => user, item => item with { EventCount = counts.Max() + 1 }));

        Assert.Contains("event_count of item", found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_stage_that_saw_what_the_cases_ask_for_is_found()
    {
        var task = ProtocolSplitter.Split(_data, Protocol.LatestOut, 1);
        var cut = TuningCut.Of(task, 1);
        var leaking = new TuningCut { Training = task.Training, Tuning = cut.Tuning, Learning = cut.Learning };

        var found = await LeakCheck.FindAsync(task, leaking, new HistoryFeatures(_data), TestContext.Current.CancellationToken);

        Assert.Contains("the ranking model learns from were trained on", found, StringComparison.Ordinal);
    }

    private async Task<string?> CheckAsync(Func<IPointInTimeFeatures, IPointInTimeFeatures> spoil)
    {
        var task = ProtocolSplitter.Split(_data, Protocol.LatestOut, 1);
        var cut = TuningCut.Of(task, 1);
        await using var store = FeatureRepository.Open(
            "test", Path.Combine(_folder, "registry.db"), Path.Combine(_folder, "offline"), null, TimeProvider.System);
        var features = await CaseFeatures.PrepareAsync(task, cut, store, TestContext.Current.CancellationToken);
        return await LeakCheck.FindAsync(task, cut, spoil(features), TestContext.Current.CancellationToken);
    }

    private sealed class Leaking(IPointInTimeFeatures inner, Func<UserState, UserState> user, Func<ItemState, ItemState> item) : IPointInTimeFeatures
    {
        public async Task<UserState[]> UsersAsync(IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken) =>
            Array.ConvertAll(await inner.UsersAsync(cases, cancellationToken), one => user(one));

        public async Task<ItemState[][]> ItemsAsync(IReadOnlyList<RankingCase> cases, IReadOnlyList<int[]> items, CancellationToken cancellationToken) =>
            Array.ConvertAll(await inner.ItemsAsync(cases, items, cancellationToken), list => Array.ConvertAll(list, one => item(one)));
    }
}
