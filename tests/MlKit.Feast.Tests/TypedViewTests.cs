using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>A view that is declared by a record, as a user of the library writes it.</summary>
[FeatureView("user_habits", Source = "habits", PushSource = "habits_push", TtlSeconds = 86_400, Description = "what users do")]
public sealed partial record UserHabits
{
    [JoinKey("user", Name = "user_id")]
    public string User { get; init; } = "";

    [EventTime]
    public DateTimeOffset Time { get; init; }

    public long EventCount { get; init; }

    [Feature(Name = "mean", Description = "mean value")]
    public double? MeanValue { get; init; }

    public float[] Taste { get; init; } = [];

    public string[]? LastItems { get; init; }

    public DateTimeOffset? FirstEvent { get; init; }

    public bool? IsNew { get; init; }
}

[Collection(RedisTests.Name)]
public sealed class TypedViewTests(RedisServers servers) : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly UserHabits Row = new()
    {
        User = "u1",
        Time = Day,
        EventCount = 3,
        MeanValue = 0.5,
        Taste = [1, 2.5f],
        LastItems = ["a", "b"],
        FirstEvent = Day.AddDays(-1),
        IsNew = false,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-typed-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_gives_the_definition_of_its_view()
    {
        Assert.Equal(
            [
                new Field("event_count", ValueType.Int64).Name, "mean", "taste", "last_items", "first_event", "is_new",
            ],
            UserHabits.View.Schema.Select(field => field.Name));
        Assert.Equal(
            [ValueType.Int64, ValueType.Double, ValueType.FloatList, ValueType.StringList, ValueType.UnixTimestamp, ValueType.Bool],
            UserHabits.View.Schema.Select(field => field.Type));
        Assert.Equal(("user_habits", TimeSpan.FromDays(1), "habits"), (UserHabits.View.Name, UserHabits.View.Ttl, UserHabits.View.BatchSource.Path));
        Assert.Equal("habits_push", UserHabits.View.Source.Name);
        Assert.Equal(("user", "user_id", ValueType.String), UserHabits.Entities.Select(entity => (entity.Name, entity.JoinKey, entity.ValueType)).Single());
        Assert.Contains(FeatureDefinitions.Of(typeof(UserHabits).Assembly).Views, view => view.Name == "user_habits");
    }

    [Fact]
    public async Task Records_come_back_from_both_stores_as_they_were_written()
    {
        await using var store = await StoreAsync();
        var view = new FeatureView<UserHabits>(store);
        await view.WriteOnlineAsync([Row], Token);
        await view.WriteOfflineAsync([Row], cancellationToken: Token);

        var online = await view.GetOnlineAsync(UserHabits.Keys(["u1", "nobody"]), Token);
        var historical = await view.GetHistoricalAsync(
            new FeatureFrame(new FeatureColumn("user_id", new[] { "u1" }), new FeatureColumn("event_timestamp", new[] { Day.AddHours(1) })), Token);

        Assert.Equivalent(Row, online[0]);
        Assert.Equivalent(new UserHabits { User = "nobody", Time = DateTimeOffset.UnixEpoch }, online[1]);
        Assert.Equivalent(Row with { Time = Day.AddHours(1) }, historical[0]);
    }

    [Fact]
    public async Task A_registry_with_another_schema_is_refused_with_both_named()
    {
        await using var store = await StoreAsync();
        var changed = UserHabits.View with { Schema = [.. UserHabits.View.Schema, new Field("extra", ValueType.Int64)] };
        await store.ApplyAsync(new FeatureDefinitions { Views = [changed] }, Token);

        var error = await Assert.ThrowsAsync<FeastException>(() => new FeatureView<UserHabits>(store).GetOnlineAsync(UserHabits.Keys(["u1"]), Token));

        Assert.Contains("feature view 'user_habits' has another schema in the registry", error.Message, StringComparison.Ordinal);
        Assert.Contains("extra Int64", error.Message, StringComparison.Ordinal);
    }

    private async Task<FeatureStore> StoreAsync()
    {
        var store = new FeatureStore(
            new FeatureStoreOptions("typed", Path.Combine(_folder, "registry.db"), _folder) { Redis = await servers.EmptyAsync(RedisServers.Embedded) });
        await store.ApplyAsync(FeatureDefinitions.Of<UserHabits>(), Token);
        return store;
    }
}
