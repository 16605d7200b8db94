using System.Globalization;
using System.Text.Json;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Windows, intervals and failures of materializations.</summary>
[Collection(RedisTests.Name)]
public sealed class MaterializationTests(RedisServers servers) : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-materialization-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("materialization-windows")]
    [InlineData("materialization-windows-no-created")]
    public async Task Recorded_windows_give_the_same_rows_intervals_and_state(string name)
    {
        var vector = Vectors.Load(name, "feast-server");
        await using var store = await StoreAsync(RedisServers.RedisServer, vector.Text("timestamp_field"), vector.GetProperty("created_timestamp_column").GetString() ?? "");
        await store.WriteOfflineAsync("v", new FeatureFrame(vector.GetProperty("source_columns").EnumerateObject().Select(Column)), cancellationToken: Token);
        foreach (var (step, number) in vector.GetProperty("steps").EnumerateArray().Select((step, i) => (step, i)))
        {
            var window = step.GetProperty("step");
            await (window.TryGetProperty("start", out var start)
                ? store.MaterializeAsync(Time(start), Time(window.GetProperty("end")), cancellationToken: Token)
                : store.MaterializeIncrementalAsync(Time(window.GetProperty("end")), cancellationToken: Token));

            Assert.Equal((number, Expected(step)), (number, await OnlineAsync(store, step)));
            var meta = store.Registry.Load().FeatureViews.Single().Meta;
            Assert.Equal(step.Text("state").Replace("_", "", StringComparison.Ordinal), meta.State.ToString(), ignoreCase: true);
            Assert.Equal(step.GetProperty("materialization_intervals").GetArrayLength(), meta.MaterializationIntervals.Count);
            Assert.All(meta.MaterializationIntervals.Zip(step.GetProperty("materialization_intervals").EnumerateArray()), pair =>
            {
                Assert.Equal(Time(pair.Second[1]), pair.First.EndTime.ToDateTimeOffset());
                if (pair.Second[0].GetString() == "{{*:iso}}")
                {
                    Assert.InRange(TimeProvider.System.GetUtcNow() - pair.First.StartTime.ToDateTimeOffset(), TimeSpan.FromHours(1), TimeSpan.FromHours(2));
                }
                else
                {
                    Assert.Equal(Time(pair.Second[0]), pair.First.StartTime.ToDateTimeOffset());
                }
            });
        }
    }

    [Fact]
    public async Task A_column_whose_type_changed_fails_its_view_by_name_and_leaves_the_others_done()
    {
        await using var store = await StoreAsync(RedisServers.Embedded);
        var words = new FeatureView("a", new FileSource("a_files", "a.parquet")) { Entities = ["user"], Schema = [new Field("f", ValueType.String)], };
        await store.ApplyAsync(new FeatureDefinitions { Views = [words] }, Token);
        await store.WriteOfflineAsync("a", Rows("ten"), cancellationToken: Token);
        await store.WriteOfflineAsync("v", Rows(7L), cancellationToken: Token);
        await store.ApplyAsync(new FeatureDefinitions { Views = [words with { Schema = [new Field("f", ValueType.Int64)] }] }, Token);

        var error = await Assert.ThrowsAsync<FeastException>(() => store.MaterializeAsync(Day, Day.AddDays(1), ["v", "a"], cancellationToken: Token));

        Assert.Contains("the files of feature view 'a' cannot be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("ten", error.Message, StringComparison.Ordinal);
        Assert.Equal(Day.AddDays(1), store.Catalog.View("v").MaterializedUntil);
        Assert.Null(store.Catalog.View("a").MaterializedUntil);
        var answer = await store.GetOnlineFeaturesAsync(["v:f", "a:f"], [new FeatureColumn("user_id", new[] { 1L })], fullFeatureNames: true, Token);
        Assert.Equal((7L, null), (answer["v__f"][0], answer["a__f"][0]));
    }

    [Fact]
    public async Task A_window_that_cannot_be_is_refused_with_what_it_is()
    {
        await using var store = await StoreAsync(RedisServers.Embedded);
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Views = [new FeatureView("offline", new FileSource("o", "o")) { Entities = ["user"], Schema = [new Field("f", ValueType.Int64)], Online = false }],
            },
            Token);
        Task<IReadOnlyDictionary<string, int>> Run(DateTimeOffset start, DateTimeOffset end, params string[] views) =>
            store.MaterializeAsync(start, end, views, cancellationToken: Token);

        Assert.Contains("must start before it ends", (await Assert.ThrowsAsync<FeastException>(() => Run(Day, Day, "v"))).Message, StringComparison.Ordinal);
        Assert.Equal("FeatureView offline is not configured to be served online.", (await Assert.ThrowsAsync<FeastException>(() => Run(Day, Day.AddDays(1), "offline"))).Message);
        Assert.Equal(FeastError.NotFound, (await Assert.ThrowsAsync<FeastException>(() => Run(Day, Day.AddDays(1), "nothing"))).Error);
        Assert.Contains("where there is no Parquet file", (await Assert.ThrowsAsync<FeastException>(() => Run(Day, Day.AddDays(1), "v"))).Message, StringComparison.Ordinal);
        Assert.Empty(store.Registry.Load().FeatureViews.Single(view => view.Spec.Name == "v").Meta.MaterializationIntervals);
    }

    [Fact]
    public async Task A_run_that_broke_off_is_repeated_without_writing_what_is_there()
    {
        await using var store = await StoreAsync(RedisServers.Embedded, batch: 100);
        await store.WriteOfflineAsync("v", Rows(Enumerable.Range(0, 1000).Select(i => (long)i).ToArray()), cancellationToken: Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var progress = new Progress(value =>
        {
            if (value.Rows >= 300)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.MaterializeAsync(Day, Day.AddDays(1), progress: progress, cancellationToken: stop.Token));
        Assert.Null(store.Catalog.View("v").MaterializedUntil);

        var written = await store.MaterializeAsync(Day, Day.AddDays(1), cancellationToken: Token);

        // What was reported is there; a batch more may have been on its way.
        Assert.InRange(written["v"], 1, 700);
        Assert.Equal(Day.AddDays(1), store.Catalog.View("v").MaterializedUntil);
    }

    private async Task<FeatureStore> StoreAsync(string kind, string timestamp = "event_timestamp", string created = "", int batch = 2000)
    {
        var store = new FeatureStore(new FeatureStoreOptions("demo", Path.Combine(_folder, "registry.db"), _folder)
        {
            Redis = await servers.EmptyAsync(kind),
            Online = new OnlineStoreOptions { BatchSize = batch },
        });
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }],
                Views =
                [
                    new FeatureView("v", new FileSource("v_files", "v.parquet") { TimestampField = timestamp, CreatedTimestampColumn = created })
                    {
                        Entities = ["user"], Schema = [new Field("f", ValueType.Int64)], Ttl = TimeSpan.FromHours(1),
                    },
                ],
            },
            Token);
        return store;
    }

    private static FeatureFrame Rows<T>(params T[] values) => new(
        new FeatureColumn("user_id", values.Select((_, i) => (long)i + 1).ToArray()),
        new FeatureColumn("f", values),
        new FeatureColumn("event_timestamp", values.Select(_ => Day.AddHours(1)).ToArray()));

    private static FeatureColumn Column(JsonProperty column)
    {
        var values = column.Value.GetProperty("values").EnumerateArray();
        return new FeatureColumn(
            column.Name, column.Value.Text("type") == "Int64" ? values.Select(value => value.GetInt64()).ToArray() : values.Select(Time).ToArray());
    }

    private static DateTimeOffset Time(JsonElement text) => DateTimeOffset.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static string Expected(JsonElement step) => string.Join('\n', step.GetProperty("online").EnumerateArray().Select(row =>
        $"{row.GetProperty("key").GetInt64()}: {row.GetProperty("f").GetRawText()} at {Time(row.GetProperty("event_timestamp")):O}"));

    private static async Task<string> OnlineAsync(FeatureStore store, JsonElement step)
    {
        var keys = step.GetProperty("online").EnumerateArray().Select(row => row.GetProperty("key").GetInt64()).ToArray();
        var column = (await store.GetOnlineFeaturesAsync(["v:f"], [new FeatureColumn("user_id", keys)], cancellationToken: Token))["f"];
        return string.Join('\n', keys.Select((key, row) => $"{key}: {column[row] ?? "null"} at {column.EventTimes[row].ToDateTimeOffset():O}"));
    }

    private sealed class Progress(Action<MaterializationProgress> tell) : IProgress<MaterializationProgress>
    {
        public void Report(MaterializationProgress value) => tell(value);
    }
}
