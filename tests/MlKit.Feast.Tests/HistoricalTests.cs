using System.Text.Json;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Point-in-time joins by the rules of Feast's DuckDB store.</summary>
public sealed class HistoricalTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-historical-").FullName;
    private int _stores;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return default;
    }

    [Fact]
    public async Task Joins_of_the_vectors_give_the_rows_of_the_duckdb_rules()
    {
        foreach (var vector in Vectors.Cases("point_in_time"))
        {
            await using var store = Store();
            var views = vector.GetProperty("feature_views").EnumerateArray().ToList();
            await ApplyAsync(store, views);
            var selections = views.Select(view => new ViewSelection(view.Text("name"), view.Texts("features"))
            {
                JoinKeyMap = view.GetProperty("join_keys").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!),
            });

            var frame = await store.HistoricalAsync(
                Frame(vector.GetProperty("entity_rows")),
                [.. selections],
                vector.GetProperty("full_feature_names").GetBoolean(),
                JoinRules.Usual with { FilterByCreated = vector.GetProperty("filter_by_created_timestamp").GetBoolean() },
                Token);

            Assert.Equal(
                (vector.Text("name"), Rows.OfObjects(vector.GetProperty("expected_duckdb_rules").EnumerateArray())),
                (vector.Text("name"), Rows.Of(WithTimes(frame))));
        }
    }

    [Fact]
    public async Task Joins_recorded_from_Feasts_duckdb_store_give_the_same_rows()
    {
        foreach (var file in Directory.GetFiles(SharedMaterial.Require("vectors", "feast-server"), "historical-*.json"))
        {
            using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(file, Token));
            var vector = new HistoricalCase(recorded.RootElement);
            var expected = recorded.RootElement.GetProperty("duckdb");
            await using var store = Store();
            await vector.FillAsync(store, Token);
            Task<FeatureFrame> Join() => store.HistoricalAsync(
                vector.Entities, vector.Selections(store.Catalog), vector.FullNames, JoinRules.Usual with { FilterByCreated = vector.FilterByCreated }, Token);

            if (expected.TryGetProperty("error", out _))
            {
                await Assert.ThrowsAsync<FeastException>(Join);
            }
            else
            {
                Assert.Equal((vector.Name, Rows.Of(expected)), (vector.Name, Rows.Of(WithTimes(await Join()))));
            }
        }
    }

    [Fact]
    public async Task The_newest_row_per_key_in_a_window_is_materialized()
    {
        foreach (var vector in Vectors.Load("point_in_time").GetProperty("materialize_pull_latest").EnumerateArray())
        {
            await using var store = Store();
            var created = vector.GetProperty("created_timestamp_column").GetString() ?? "";
            await store.ApplyAsync(
                new FeatureDefinitions
                {
                    Entities = [new Entity("driver", ValueType.Int64) { JoinKey = "driver_id" }],
                    Views =
                    [
                        new FeatureView("v", new FileSource("s", "v.parquet") { TimestampField = "ts", CreatedTimestampColumn = created })
                        {
                            Entities = ["driver"],
                            Schema = [new Field("f", ValueType.Double)],
                        },
                    ],
                },
                Token);
            await store.WriteOfflineAsync("v", Frame(vector.GetProperty("rows")), cancellationToken: Token);
            var options = new OfflineStoreOptions();
            using var files = new SourceFiles(Path.Combine(_folder, $"{_stores}"), options, null);

            var rows = await new OfflineStore(files, options).LatestAsync(
                store.Catalog.View("v"), vector.GetProperty("start_date").GetDateTimeOffset(), vector.GetProperty("end_date").GetDateTimeOffset(), Token).ToListAsync(Token);

            Assert.Equal(
                vector.GetProperty("latest_rows").EnumerateArray().Select(row =>
                    (row.GetProperty("driver_id").GetInt64(), row.GetProperty("f").GetDouble(), row.GetProperty("ts").GetDateTimeOffset())).Order(),
                rows.Select(row => (row.Key[0].Int64Val, row.Values[0].DoubleVal, row.EventTime.ToDateTimeOffset())).Order());
        }
    }

    [Fact]
    public async Task Lists_times_and_nulls_come_back_as_they_were_written()
    {
        await using var store = Store();
        var time = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user") { JoinKey = "user_id" }],
                Views =
                [
                    new FeatureView("v", new FileSource("s", "v"))
                    {
                        Entities = ["user"],
                        Schema =
                        [
                            new Field("texts", ValueType.StringList), new Field("times", ValueType.UnixTimestampList), new Field("at", ValueType.UnixTimestamp),
                            new Field("numbers", ValueType.Int64List), new Field("weights", ValueType.FloatList), new Field("raw", ValueType.Bytes),
                        ],
                    },
                ],
            },
            Token);
        await store.WriteOfflineAsync(
            "v",
            new FeatureFrame(
                new FeatureColumn("user_id", new[] { "a", "b" }),
                new FeatureColumn("texts", new string[]?[] { ["x", "é"], null }),
                new FeatureColumn("times", new DateTimeOffset[]?[] { [time, time.AddDays(1)], [] }),
                new FeatureColumn("at", new DateTimeOffset?[] { time, null }),
                new FeatureColumn("numbers", new long[]?[] { [1, long.MaxValue], [] }),
                new FeatureColumn("weights", new float[]?[] { [0.5f], null }),
                new FeatureColumn("raw", new byte[]?[] { [1, 0, 255], null }),
                new FeatureColumn("event_timestamp", new[] { time, time })),
            cancellationToken: Token);

        var frame = await store.GetHistoricalFeaturesAsync(
            new FeatureFrame(new FeatureColumn("user_id", new[] { "b", "a", "nobody" }), new FeatureColumn("event_timestamp", new[] { time, time, time })),
            ["v:texts", "v:times", "v:at", "v:numbers", "v:weights", "v:raw"],
            cancellationToken: Token);

        Assert.Equal(["x", "é"], (IEnumerable<string>)frame["texts"][1]!);
        Assert.Equal([time, time.AddDays(1)], ((IEnumerable<DateTimeOffset?>)frame["times"][1]!).Select(each => each!.Value));
        Assert.Equal(time, frame["at"][1]);
        Assert.Equal([1, long.MaxValue], (IEnumerable<long>)frame["numbers"][1]!);
        Assert.Equal([0.5f], (IEnumerable<float>)frame["weights"][1]!);
        Assert.Equal(new byte[] { 1, 0, 255 }, (IEnumerable<byte>)frame["raw"][1]!);
        Assert.Null(frame["texts"][0]);
        Assert.Empty((IEnumerable<DateTimeOffset?>)frame["times"][0]!);
        Assert.Null(frame["at"][0]);
        Assert.All(frame.Columns.Skip(2), column => Assert.Null(column[2]));
    }

    [Fact]
    public async Task Appended_rows_add_to_a_folder_and_replaced_rows_take_its_place()
    {
        await using var store = Store();
        await store.ApplyAsync(
            new FeatureDefinitions { Views = [new FeatureView("world", new FileSource("s", "world")) { Schema = [new Field("load", ValueType.Double)] }] }, Token);
        var day = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        FeatureFrame Row(double load, DateTimeOffset time) => new(
            new FeatureColumn("load", new[] { load }), new FeatureColumn("event_timestamp", new[] { time }));
        Task<FeatureFrame> Read() => store.GetHistoricalFeaturesAsync(
            new FeatureFrame(new FeatureColumn("event_timestamp", new[] { day, day.AddDays(1) })), ["world:load"], cancellationToken: Token);

        await store.WriteOfflineAsync("world", Row(1, day), cancellationToken: Token);
        await store.WriteOfflineAsync("world", Row(2, day.AddDays(1)), cancellationToken: Token);
        Assert.Equal(new double?[] { 1, 2 }, (await Read())["load"].Values);
        await store.WriteOfflineAsync("world", Row(3, day), append: false, cancellationToken: Token);
        Assert.Equal(new double?[] { 3, 3 }, (await Read())["load"].Values);
    }

    [Fact]
    public async Task Files_that_do_not_fit_are_errors_that_name_the_view()
    {
        await using var store = Store();
        var files = new FileSource("s", "v.parquet");
        var view = new FeatureView("v", files) { Schema = [new Field("load", ValueType.Double)] };
        await store.ApplyAsync(new FeatureDefinitions { Views = [view] }, Token);
        var time = DateTimeOffset.UnixEpoch;
        var entities = new FeatureFrame(new FeatureColumn("event_timestamp", new[] { time }));

        var absent = await Assert.ThrowsAsync<FeastException>(() => store.GetHistoricalFeaturesAsync(entities, ["v:load"], cancellationToken: Token));
        await store.ApplyAsync(new FeatureDefinitions { Views = [view with { Schema = [new Field("load", ValueType.String)] }] }, Token);
        await store.WriteOfflineAsync("v", new FeatureFrame(new FeatureColumn("load", new[] { "much" }), new FeatureColumn("event_timestamp", new[] { time })), cancellationToken: Token);
        await store.ApplyAsync(new FeatureDefinitions { Views = [view] }, Token);
        var changed = await Assert.ThrowsAsync<FeastException>(() => store.GetHistoricalFeaturesAsync(entities, ["v:load"], cancellationToken: Token));

        Assert.Contains("feature view 'v' reads", absent.Message, StringComparison.Ordinal);
        Assert.Contains("no Parquet file", absent.Message, StringComparison.Ordinal);
        Assert.Contains("the files of feature view 'v' cannot be used", changed.Message, StringComparison.Ordinal);
        Assert.Contains("much", changed.Message, StringComparison.Ordinal);
    }

    private FeatureStore Store()
    {
        var folder = Path.Combine(_folder, $"{++_stores}");
        return new FeatureStore(new FeatureStoreOptions("demo", Path.Combine(folder, "registry.db"), folder));
    }

    private static async Task ApplyAsync(FeatureStore store, List<JsonElement> views)
    {
        var keys = views.SelectMany(view => view.GetProperty("join_keys").EnumerateObject().Select(pair => pair.Name)).Distinct();
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [.. keys.Select(key => new Entity(key, ValueType.Int64))],
                Views =
                [
                    .. views.Select(view => new FeatureView(view.Text("name"), new FileSource(view.Text("name"), view.Text("name") + ".parquet")
                    {
                        TimestampField = view.Text("timestamp_field"),
                        CreatedTimestampColumn = view.GetProperty("created_timestamp_column").GetString() ?? "",
                    })
                    {
                        Entities = [.. view.GetProperty("join_keys").EnumerateObject().Select(pair => pair.Name)],
                        Schema = [.. view.Texts("features").Select(feature => new Field(feature, ValueType.Double))],
                        Ttl = TimeSpan.FromSeconds(view.GetProperty("ttl_seconds").GetDouble()),
                    }),
                ],
            },
            Token);
        foreach (var view in views)
        {
            await store.WriteOfflineAsync(view.Text("name"), Frame(view.GetProperty("rows")), cancellationToken: Token);
        }
    }

    private static FeatureFrame Frame(JsonElement rows)
    {
        var items = rows.EnumerateArray().ToList();
        return new FeatureFrame(items[0].EnumerateObject().Select(member =>
            new FeatureColumn(member.Name, items.Select(row => JsonText.Native(row.GetProperty(member.Name))).ToArray())));
    }

    /// <summary>Entity columns come back as they were given; their times as text are read here.</summary>
    private static FeatureFrame WithTimes(FeatureFrame frame) => new(frame.Columns.Select(column => column.Name != "event_timestamp"
        ? column
        : new FeatureColumn(column.Name, Enumerable.Range(0, column.Count).Select(row => (object?)OfflineValue.EventTime(column[row], column.Name, row)).ToArray())));
}
