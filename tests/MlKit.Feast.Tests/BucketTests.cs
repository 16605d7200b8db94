using Apache.Arrow.Ipc;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Registry and Parquet files in a bucket, and joins that go from files to files.</summary>
public sealed class BucketTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-bucket-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_feature_store_in_a_bucket_works_like_one_in_a_folder()
    {
        await using var server = await StandInS3.StartAsync();
        await using var store = Store(server, "a");
        await store.Registry.RequireConditionalWritesAsync(Token);
        Assert.False(store.Registry.Exists);
        await ApplyAsync(store);
        await store.WriteOfflineAsync("activity", Rows(1, Day), cancellationToken: Token);
        await store.WriteOfflineAsync("activity", Rows(2, Day.AddHours(1)), cancellationToken: Token);

        await using var other = Store(server, "b");
        Assert.True(other.Registry.Exists);
        var frame = await other.GetHistoricalFeaturesAsync(Entities(Day.AddMinutes(30), Day.AddHours(2)), ["activity:count"], cancellationToken: Token);

        Assert.Equal(new long?[] { 1, 2 }, frame["count"].Values);
        await store.WriteOfflineAsync("activity", Rows(9, Day), append: false, Token);
        frame = await other.GetHistoricalFeaturesAsync(Entities(Day.AddMinutes(30), Day.AddHours(2)), ["activity:count"], cancellationToken: Token);
        Assert.Equal(new long?[] { 9, 9 }, frame["count"].Values);
    }

    [Fact]
    public async Task Writers_of_one_registry_in_a_bucket_lose_no_change()
    {
        await using var server = await StandInS3.StartAsync();
        await using var one = Store(server, "a");
        await using var two = Store(server, "b");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? one : two).ApplyAsync(
            new FeatureDefinitions { Entities = [new Entity($"entity{i}")] }, Token)));

        Assert.Equal(9, one.Registry.Load().Entities.Count);
    }

    [Fact]
    public async Task An_endpoint_that_ignores_conditions_is_named()
    {
        await using var server = await StandInS3.StartAsync();
        server.IgnoresConditions = true;
        await using var store = Store(server, "a");

        var error = await Assert.ThrowsAsync<FeastException>(() => store.Registry.RequireConditionalWritesAsync(Token));

        Assert.Equal(FeastError.Registry, error.Error);
        Assert.Contains($"{server.Options.Endpoint!.AbsoluteUri} (us-east-1) ignores conditional writes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entity_rows_in_a_file_are_joined_into_Parquet_and_Arrow_in_their_order()
    {
        await using var store = new FeatureStore(new FeatureStoreOptions("demo", Path.Combine(_folder, "registry.db"), _folder)
        {
            Offline = new OfflineStoreOptions { MemoryMegabytes = 200, SpillPath = Path.Combine(_folder, "spill") },
        });
        await ApplyAsync(store);
        await store.WriteOfflineAsync("activity", Rows(1, Day), cancellationToken: Token);
        await store.WriteOfflineAsync("activity", Rows(2, Day.AddHours(1)), cancellationToken: Token);
        var entities = Path.Combine(_folder, "entities.parquet");
        using (var duck = new DuckSession(new OfflineStoreOptions()))
        {
            duck.Run($"COPY (SELECT 'u1' AS user_id, TIMESTAMPTZ '2026-03-01 00:00:00+00' + to_minutes(i % 90) AS event_timestamp, i AS label FROM range(100000) t(i)) TO '{entities}' (FORMAT parquet)");
        }

        var request = new HistoricalRequest(entities) { Features = ["activity:count"] };
        var result = Path.Combine(_folder, "result.parquet");
        using var arrow = new MemoryStream();
        var rows = await store.WriteHistoricalFeaturesAsync(request, result, Token);
        await store.WriteHistoricalFeaturesAsync(request, arrow, Token);

        Assert.Equal(100_000, rows);
        await store.RequireSchemasAsync(result, Token);
        var silent = await Assert.ThrowsAsync<FeastException>(() => store.RequireSchemasAsync(entities, Token));
        Assert.Contains("does not say which schemas", silent.Message, StringComparison.Ordinal);
        arrow.Position = 0;
        using var reader = new ArrowStreamReader(arrow);
        var label = 0L;
        while (await reader.ReadNextRecordBatchAsync(Token) is { } batch)
        {
            using (batch)
            {
                Assert.Equal($"activity={store.SchemaHash("activity")}", batch.Schema.Metadata["mlkit.view_schemas"]);
                Assert.Equal(["user_id", "event_timestamp", "label", "count"], batch.Schema.FieldsList.Select(field => field.Name));
                var labels = (Apache.Arrow.Int64Array)batch.Column(2);
                var counts = (Apache.Arrow.Int64Array)batch.Column(3);
                for (var row = 0; row < batch.Length; row++)
                {
                    Assert.Equal((label, label % 90 < 60 ? 1 : 2), (labels.GetValue(row), counts.GetValue(row)));
                    label++;
                }
            }
        }

        Assert.Equal(100_000, label);
        await ApplyAsync(store, new Field("more", ValueType.Double));
        var other = await Assert.ThrowsAsync<FeastException>(() => store.RequireSchemasAsync(result, Token));
        Assert.Contains("feature view 'activity' has another schema in the registry", other.Message, StringComparison.Ordinal);
        using var check = new DuckSession(new OfflineStoreOptions());
        using var wrong = check.Read($"SELECT count(*) FROM read_parquet('{result}') WHERE count != CASE WHEN label % 90 < 60 THEN 1 ELSE 2 END");
        Assert.True(wrong.Read());
        Assert.Equal(0, wrong.GetInt64(0));
    }

    private FeatureStore Store(StandInS3 server, string name) => new(
        new FeatureStoreOptions("demo", "s3://bucket/feast/registry.db", "s3://bucket/feast/offline")
        {
            S3 = server.Options,
            Offline = new OfflineStoreOptions { CachePath = Path.Combine(_folder, name) },
        });

    private static Task ApplyAsync(FeatureStore store, params Field[] more) => store.ApplyAsync(
        new FeatureDefinitions
        {
            Entities = [new Entity("user") { JoinKey = "user_id" }],
            Views = [new FeatureView("activity", new FileSource("files", "activity")) { Entities = ["user"], Schema = [new Field("count", ValueType.Int64), .. more] }],
        },
        Token);

    private static FeatureFrame Rows(long count, DateTimeOffset time) => new(
        new FeatureColumn("user_id", new[] { "u1" }), new FeatureColumn("count", new[] { count }), new FeatureColumn("event_timestamp", new[] { time }));

    private static FeatureFrame Entities(params DateTimeOffset[] times) => new(
        new FeatureColumn("user_id", times.Select(_ => "u1").ToArray()), new FeatureColumn("event_timestamp", times));
}
