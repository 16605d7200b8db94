using Microsoft.Extensions.DependencyInjection;
using MlKit.Feast;
using MlKit.Features;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Pipeline;
using MlKit.TrainingWorker.Registry;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

/// <summary>Whole jobs with a planted fault: each ends with the gate's exit code, the alias stays, and tracking shows why.</summary>
public sealed class RefusalTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DataSet Data = SyntheticData.Generate(SmallData.Options with { Users = 150, Items = 80 });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Planted_faults_are_refused_and_the_champion_stays()
    {
        var mlflow = await platform.ConnectAsync();
        var data = platform.WriteCsv("good", Data);
        Assert.Equal(ExitCode.Done, await platform.RunHereAsync(data, _ => { }));
        var champion = await new ModelRegistry(mlflow).FindChampionAsync(Stop);

        // A feature computed with the future: the mean value of an item over all its events, also those after the case.
        await IsRefusedAsync(mlflow, champion!, data, "no leak: feature mean_value of item", async (task, cut, store, cancellationToken) =>
            new Leaking(await CaseFeatures.PrepareAsync(task, cut, store, cancellationToken), MeanOfAllTimes(Data)));

        // A regression in one slice: what the busiest third did last no longer tells anything about what comes next.
        var reasons = await IsRefusedAsync(mlflow, champion!, platform.WriteCsv("scrambled", Scramble(Data)), "activity: heavy: ", CaseFeatures.PrepareAsync);
        Assert.DoesNotContain("activity: light: ", reasons, StringComparison.Ordinal);

        // A registry that serves a column of another type than the model was trained on.
        await IsRefusedAsync(mlflow, champion!, data, "item_popularity:mean_value is Float in the registry", async (task, cut, store, cancellationToken) =>
            new AfterEvaluation(await CaseFeatures.PrepareAsync(task, cut, store, cancellationToken), task, ChangeRegistryAsync));
    }

    private async Task<string> IsRefusedAsync(MlflowClient mlflow, Champion champion, string data, string reason, PrepareFeatures prepare)
    {
        var exitCode = await platform.RunHereAsync(data, services => services.AddSingleton(prepare), ("MLKIT__TRAINING__FORCE", "true"));

        Assert.Equal(ExitCode.GateRefused, exitCode);
        var now = await new ModelRegistry(mlflow).FindChampionAsync(Stop);
        Assert.Equal((champion.Retrieval.Version, champion.Ranker.Version), (now!.Retrieval.Version, now.Ranker.Version));
        var refused = (await mlflow.SearchModelVersionsAsync($"name = '{ModelNames.Ranker}'", cancellationToken: Stop)).Items.MaxBy(one => int.Parse(one.Version, null))!;
        Assert.NotEqual(champion.Ranker.Version, refused.Version);
        Assert.Contains(refused.Tags, tag => tag.Key == RunLog.GateTag && tag.Value.Contains(reason, StringComparison.Ordinal));
        var run = await mlflow.GetRunAsync(refused.RunId!, Stop);
        var told = run.Data.Tags.Single(tag => tag.Key == RunLog.GateTag).Value;
        Assert.Contains(reason, told, StringComparison.Ordinal);
        await using var stream = await mlflow.DownloadAsync(refused.RunId!, "gate/findings.md", Stop);
        using var reader = new StreamReader(stream);
        Assert.Contains(reason.Split(':')[0], await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
        return told;
    }

    private static Dictionary<string, double> MeanOfAllTimes(DataSet data) =>
        data.Interactions.GroupBy(e => data.ItemIds[e.Item]).ToDictionary(group => group.Key, group => group.Average(e => (double)e.Value));

    /// <summary>The same cases, but the busiest third met items at random just before.</summary>
    private static DataSet Scramble(DataSet data)
    {
        const int scrambled = 9;
        var random = new Random(3);
        var histories = UserHistories.Of(data);
        var busy = Enumerable.Range(0, histories.Count).OrderByDescending(user => histories[user].Length).Take(histories.Count / 3).ToHashSet();
        var builder = new DataSetBuilder("scrambled");
        for (var user = 0; user < histories.Count; user++)
        {
            var events = histories[user].ToArray();
            var items = Array.ConvertAll(events, one => one.Item);
            var others = Enumerable.Range(0, data.ItemIds.Length).Except(items).OrderBy(_ => random.Next()).ToArray();
            for (var back = 2; busy.Contains(user) && back < scrambled; back++)
            {
                items[^back] = others[back];
            }

            for (var at = 0; at < events.Length; at++)
            {
                builder.Add(data.UserIds[user], data.ItemIds[items[at]], events[at].Timestamp, events[at].Value);
            }
        }

        return builder.Build();
    }

    private async Task ChangeRegistryAsync()
    {
        var options = new FeatureStoreOptions(
            "mlkit", Path.Combine(platform.Folder, "feast", "registry.db"), Path.Combine(platform.Folder, "feast", "offline"));
        await using var store = new FeatureStore(options, TimeProvider.System);
        var definitions = RecommenderFeatures.Definitions;
        await store.ApplyAsync(
            definitions with
            {
                Views = [.. definitions.Views.Select(view => view.Name != RecommenderFeatures.ItemPopularity ? view : view with
                {
                    Schema = [.. view.Schema.Select(field => field.Name == "mean_value" ? new Field(field.Name, MlKit.Feast.ValueType.Float) : field)],
                })],
            },
            Stop);
    }

    private sealed class Leaking(IPointInTimeFeatures inner, Dictionary<string, double> means) : IPointInTimeFeatures
    {
        public Task<UserState[]> UsersAsync(IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken) => inner.UsersAsync(cases, cancellationToken);

        public async Task<ItemState[][]> ItemsAsync(IReadOnlyList<RankingCase> cases, IReadOnlyList<int[]> items, CancellationToken cancellationToken) =>
            [.. (await inner.ItemsAsync(cases, items, cancellationToken)).Select((list, at) =>
                list.Select((state, place) => state with { MeanValue = means[Data.ItemIds[items[at][place]]] }).ToArray())];
    }

    /// <summary>Does something when the last features have been read.</summary>
    private sealed class AfterEvaluation(IPointInTimeFeatures inner, EvaluationTask task, Func<Task> then) : IPointInTimeFeatures
    {
        public Task<UserState[]> UsersAsync(IReadOnlyList<RankingCase> cases, CancellationToken cancellationToken) => inner.UsersAsync(cases, cancellationToken);

        public async Task<ItemState[][]> ItemsAsync(IReadOnlyList<RankingCase> cases, IReadOnlyList<int[]> items, CancellationToken cancellationToken)
        {
            var states = await inner.ItemsAsync(cases, items, cancellationToken);
            if (cases.SequenceEqual(task.Cases))
            {
                await then();
            }

            return states;
        }
    }
}
