using Microsoft.Extensions.Time.Testing;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Serving against training, and training against the future.</summary>
[Collection(RedisTests.Name)]
public sealed class GuardTests(RedisServers servers) : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-guards-").FullName;
    private readonly FakeTimeProvider _clock = new(Day);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reads_that_served_what_was_materialized_and_pushed_before_them_agree()
    {
        await using var store = await StoreAsync();
        await store.WriteOfflineAsync("activity", Rows(("u1", 1, Day.AddHours(1), Day.AddHours(1))), cancellationToken: Token);
        _clock.SetUtcNow(Day.AddHours(2));
        await store.MaterializeAsync(Day, Day.AddHours(2), cancellationToken: Token);
        var reads = new List<LoggedOnlineRead> { await ReadAsync(store) };
        _clock.SetUtcNow(Day.AddHours(3));
        await store.PushAsync("activity_push", Rows(("u1", 2, Day.AddHours(3), Day.AddHours(3))), PushTarget.OnlineAndOffline, Token);
        _clock.SetUtcNow(Day.AddHours(4));
        reads.Add(await ReadAsync(store));

        var report = await store.CheckSkewAsync(reads, Token);

        Assert.True(report.First is null, report.ToString());
        Assert.Equal((2, 4, 0), (report.Reads, report.Values, report.LateValues));
        await store.AssertNoSkewAsync(reads, Token);
    }

    [Fact]
    public async Task Rows_that_came_after_a_read_are_late_and_no_difference()
    {
        await using var store = await StoreAsync();
        _clock.SetUtcNow(Day.AddHours(2));
        var read = await ReadAsync(store);
        await store.WriteOfflineAsync("activity", Rows(("u1", 5, Day.AddHours(1), Day.AddHours(1))), cancellationToken: Token);
        _clock.SetUtcNow(Day.AddHours(2.5));
        await store.MaterializeAsync(Day, Day.AddHours(2), cancellationToken: Token);

        var report = await store.CheckSkewAsync([read], Token);

        Assert.Null(report.First);
        Assert.Equal((1, TimeSpan.FromMinutes(30)), (report.LateValues, report.MaxLateness));
    }

    [Fact]
    public async Task A_value_that_no_visible_row_explains_is_told_by_feature_entity_and_time()
    {
        await using var store = await StoreAsync();
        await store.WriteOfflineAsync("activity", Rows(("u1", 1, Day.AddHours(1), Day.AddHours(1))), cancellationToken: Token);
        await store.MaterializeAsync(Day, Day.AddHours(2), cancellationToken: Token);
        await store.WriteOnlineAsync("activity", Rows(("u1", 99, Day.AddHours(2), Day.AddHours(2))), Token);
        _clock.SetUtcNow(Day.AddHours(3));
        var read = await ReadAsync(store);

        var report = await store.CheckSkewAsync([read], Token);

        Assert.Equal(new SkewDifference("activity:count", "user_id=u1", Day.AddHours(3), 99L, 1L), report.First);
        var error = await Assert.ThrowsAsync<FeastException>(() => store.AssertNoSkewAsync([read], Token));
        Assert.Contains("activity:count of user_id=u1 at 2026-03-01T03:00:00.000000Z: served 99, but the offline store gives 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_value_is_no_difference_because_the_server_serves_it()
    {
        await using var store = await StoreAsync(TimeSpan.FromHours(1));
        await store.WriteOfflineAsync("activity", Rows(("u1", 1, Day, Day)), cancellationToken: Token);
        await store.MaterializeAsync(Day.AddHours(-1), Day.AddHours(1), cancellationToken: Token);
        _clock.SetUtcNow(Day.AddDays(3));

        Assert.Null((await store.CheckSkewAsync([await ReadAsync(store)], Token)).First);
    }

    [Fact]
    public async Task History_that_was_restated_later_is_a_leak()
    {
        await using var store = await StoreAsync();
        await store.WriteOfflineAsync(
            "activity",
            Rows(("u1", 1, Day.AddHours(1), Day.AddHours(1)), ("u1", 7, Day.AddHours(2), Day.AddHours(9)), ("u2", 3, Day.AddHours(1), Day.AddHours(1))),
            cancellationToken: Token);
        var entities = new FeatureFrame(
            new FeatureColumn("user_id", new[] { "u1", "u2", "u1" }),
            new FeatureColumn("event_timestamp", new[] { Day.AddHours(3), Day.AddHours(3), Day.AddHours(10) }));

        var leak = await store.CheckLeakAsync(entities, ["activity:count"], Day.AddHours(5), Token);
        var none = await store.CheckLeakAsync(entities, ["activity:count"], Day.AddHours(9), Token);

        Assert.Equal((2, 1), (leak.Rows, leak.Leaks.Count));
        Assert.Equal(new Leak(0, Day.AddHours(3), "activity__count", 7L, 1L), leak.Leaks[0]);
        Assert.Empty(none.Leaks);
        await Assert.ThrowsAsync<FeastException>(() => store.AssertNoLeakAsync(entities, ["activity:count"], Day.AddHours(5), Token));
        await store.AssertNoLeakAsync(entities, ["activity:count"], Day.AddHours(9), Token);
    }

    [Fact]
    public async Task A_pipeline_that_looks_ahead_is_a_leak_and_one_that_does_not_is_none()
    {
        double[] values = [1, 2, 3, 4];
        FeatureFrame Frame(Func<int, double> feature) => new(
            new FeatureColumn("event_timestamp", Enumerable.Range(0, 4).Select(i => Day.AddDays(i)).ToArray()),
            new FeatureColumn("mean", Enumerable.Range(0, 4).Select(feature).ToArray()));
        int Known(DateTimeOffset clock) => Math.Clamp((int)(clock - Day).TotalDays + 1, 1, 4);

        var ahead = await LeakCheck.RunAsync(clock => Task.FromResult(Frame(_ => values.Take(Known(clock)).Average())), Day.AddDays(3), Day.AddDays(1));
        var honest = await LeakCheck.RunAsync(_ => Task.FromResult(Frame(row => values.Take(row + 1).Average())), Day.AddDays(3), Day.AddDays(1));

        Assert.Equal((2, 2), (ahead.Rows, ahead.Leaks.Count));
        Assert.Empty(honest.Leaks);
    }

    private async Task<FeatureStore> StoreAsync(TimeSpan ttl = default)
    {
        var store = new FeatureStore(
            new FeatureStoreOptions("guards", Path.Combine(_folder, "registry.db"), _folder) { Redis = await servers.EmptyAsync(RedisServers.Embedded) }, _clock);
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user") { JoinKey = "user_id" }],
                Views =
                [
                    new FeatureView("activity", new PushSource("activity_push", new FileSource("files", "activity") { CreatedTimestampColumn = "created" }))
                    {
                        Entities = ["user"],
                        Schema = [new Field("count", ValueType.Int64)],
                        Ttl = ttl,
                    },
                ],
            },
            Token);
        return store;
    }

    private async Task<LoggedOnlineRead> ReadAsync(FeatureStore store)
    {
        string[] users = ["u1", "u2"];
        var answer = await store.GetOnlineFeaturesAsync(["activity:count"], [new FeatureColumn("user_id", users)], cancellationToken: Token);
        return new LoggedOnlineRead(
            _clock.GetUtcNow(),
            ["activity:count"],
            new Dictionary<string, IReadOnlyList<object?>> { ["user_id"] = users },
            new Dictionary<string, IReadOnlyList<object?>> { ["activity:count"] = [answer["count"][0], answer["count"][1]] });
    }

    private static FeatureFrame Rows(params (string User, long Count, DateTimeOffset Time, DateTimeOffset Created)[] rows) => new(
        new FeatureColumn("user_id", rows.Select(row => row.User).ToArray()),
        new FeatureColumn("count", rows.Select(row => row.Count).ToArray()),
        new FeatureColumn("event_timestamp", rows.Select(row => row.Time).ToArray()),
        new FeatureColumn("created", rows.Select(row => row.Created).ToArray()));
}
