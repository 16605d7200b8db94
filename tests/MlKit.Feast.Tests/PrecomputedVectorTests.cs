using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Feature services with <c>precompute_online</c>, as Feast's own tools set it.</summary>
[Collection(RedisTests.Name)]
public sealed class PrecomputedVectorTests(RedisServers servers) : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-vectors-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(RedisServers.Kinds), MemberType = typeof(RedisServers))]
    public async Task A_materialization_renews_the_vectors_and_a_service_reads_them(string kind)
    {
        await using var store = await StoreAsync(kind);
        await store.MaterializeAsync(Day, Day.AddDays(1), cancellationToken: Token);
        // Only in the view's own row: the vector is what the materialization made.
        await store.WriteOnlineAsync("a", Rows(Day.AddHours(2), ("f", [70L, 80L])), Token);

        var answer = await ReadAsync(store, fullNames: true, 1, 2);

        Assert.Equal(["user_id", "a__f", "b__g"], answer.Columns.Select(column => column.Name));
        Assert.Equal((7L, 8L, "x", null), (answer["a__f"][0], answer["a__f"][1], answer["b__g"][0], answer["b__g"][1]));
        Assert.Equal([FieldStatus.Present, FieldStatus.Present], answer["a__f"].Statuses);
        Assert.Equal([FieldStatus.OutsideMaxAge, FieldStatus.OutsideMaxAge], answer["b__g"].Statuses);
        Assert.All(answer["a__f"].EventTimes, time => Assert.True(TimeProvider.System.GetUtcNow() - time.ToDateTimeOffset() < TimeSpan.FromMinutes(5)));
        await store.MaterializeAsync(Day, Day.AddDays(1), ["b"], cancellationToken: Token);
        Assert.Equal(70L, (await ReadAsync(store, fullNames: true, 1))["a__f"][0]);
    }

    [Fact]
    public async Task Where_vectors_cannot_be_used_the_values_themselves_are_read()
    {
        await using var store = await StoreAsync(RedisServers.Embedded);
        await store.MaterializeAsync(Day, Day.AddDays(1), cancellationToken: Token);

        Assert.Equal(7L, (await ReadAsync(store, fullNames: false, 1))["f"][0]);
        var unknown = await ReadAsync(store, fullNames: true, 1, 99);
        Assert.Equal((7L, null), (unknown["a__f"][0], unknown["a__f"][1]));
        Assert.Equal(Day, unknown["a__f"].EventTimes[0].ToDateTimeOffset());
    }

    private static Task<OnlineFeatures> ReadAsync(FeatureStore store, bool fullNames, params long[] users) =>
        store.GetOnlineFeaturesAsync("both", [new FeatureColumn("user_id", users)], fullNames, Token);

    private static FeatureFrame Rows(DateTimeOffset time, (string Name, object?[] Values) feature) => new(
        new FeatureColumn("user_id", new[] { 1L, 2L }), new FeatureColumn(feature.Name, feature.Values), new FeatureColumn("event_timestamp", new[] { time, time }));

    private async Task<FeatureStore> StoreAsync(string kind)
    {
        var store = new FeatureStore(
            new FeatureStoreOptions("p", Path.Combine(_folder, "registry.db"), _folder) { Redis = await servers.EmptyAsync(kind) });
        FeatureView View(string name, string feature, ValueType type, TimeSpan ttl) =>
            new(name, new FileSource(name, name)) { Entities = ["user"], Schema = [new Field(feature, type)], Ttl = ttl };
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user", ValueType.Int64) { JoinKey = "user_id" }],
                Views = [View("a", "f", ValueType.Int64, TimeSpan.Zero), View("b", "g", ValueType.String, TimeSpan.FromHours(1))],
                Services = [new FeatureService("both", [new ViewSelection("a", ["f"]), new ViewSelection("b", ["g"])])],
            },
            Token);
        await store.Registry.UpdateAsync(
            registry =>
            {
                registry.FeatureServices.Single().Spec.PrecomputeOnline = true;
                return true;
            },
            Token);
        await store.WriteOfflineAsync("a", Rows(Day, ("f", [7L, 8L])), cancellationToken: Token);
        await store.WriteOfflineAsync("b", Rows(Day, ("g", ["x", null])), cancellationToken: Token);
        return store;
    }
}
