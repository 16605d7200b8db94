using MlKit.Feast;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>What is deleted of a project's rows, and what stays.</summary>
[Collection(RedisTests.Name)]
public sealed class OnlineDeletionTests(RedisServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RedisServers.Kinds), MemberType = typeof(RedisServers))]
    public async Task Deletions_send_the_commands_that_Feast_sends_and_leave_the_same_data(string kind)
    {
        foreach (var vector in Vectors.Load("redis_write").GetProperty("deletions").EnumerateArray())
        {
            var redis = await servers.EmptyAsync(kind);
            await RedisContent.FillAsync(redis, vector.GetProperty("redis_before"));
            await using var proxy = new RecordingProxy(redis);
            await using var connection = await ConnectionMultiplexer.ConnectAsync(RedisConnection.Parse(proxy.ConnectionString));
            var store = new Feast.OnlineStore(connection, WriteVectors.Project, new OnlineStoreOptions());

            var deleted = vector.TryGetProperty("feature_view", out var view)
                ? await store.DeleteViewAsync(WriteVectors.Catalog().View(view.GetString()!), Token)
                : await store.DeleteEntitiesAsync(vector.Texts("join_keys"), Token);

            var name = vector.Text("name");
            var expected = WriteVectors.Expected(vector).ToList();
            Assert.Equal((name, expected.Count(command => command.Command is "HDEL" or "DEL")), (name, (int)deleted));
            // A scan goes on until its cursor is back at the start, in an order of the server's own.
            Assert.Equal((name, Sorted(expected)), (name, Sorted(proxy.Commands.Where(command => command.Command != "SCAN" || command.Arguments[0] == "30"))));
            Assert.Equal(
                string.Join('\n', RedisContent.Lines(vector.GetProperty("redis_after"))), string.Join('\n', await RedisContent.LinesAsync(redis)));
        }
    }

    [Theory]
    [MemberData(nameof(RedisServers.Kinds), MemberType = typeof(RedisServers))]
    public async Task Only_the_views_own_rows_of_its_own_project_go(string kind)
    {
        var redis = await servers.EmptyAsync(kind);
        var folder = Directory.CreateTempSubdirectory("mlkit-deletion-").FullName;
        try
        {
            // "a_demo" ends like "demo"; names of 42 and 91 bytes put '*' and '[' into the keys.
            await using var own = await FillAsync(redis, folder, "demo");
            await using var other = await FillAsync(redis, folder, "a_demo");
            var all = (await RedisContent.LinesAsync(redis)).Count;

            Assert.Equal(500, await own.DeleteOnlineAsync("v", Token));
            Assert.Null(await CountAsync(own, "v"));
            Assert.Equal(7L, await CountAsync(own, "w"));
            Assert.Equal(7L, await CountAsync(other, "v"));
            Assert.Equal(all - (2 * 500), (await RedisContent.LinesAsync(redis)).Count);

            Assert.Equal(500 + 1 + 1, await own.TeardownOnlineAsync(Token));
            Assert.Equal(all / 2, (await RedisContent.LinesAsync(redis)).Count);
            Assert.Equal(7L, await CountAsync(other, "v"));
            Assert.Equal(0, await own.DeleteOnlineAsync("v", Token));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_view_that_a_service_names_stays_until_the_service_does_not()
    {
        var redis = await servers.EmptyAsync(RedisServers.Kinds.First().Data);
        var folder = Directory.CreateTempSubdirectory("mlkit-deletion-").FullName;
        try
        {
            await using var store = await FillAsync(redis, folder, "demo");
            await store.ApplyAsync(new FeatureDefinitions { Services = [new FeatureService("all", [new ViewSelection("v", ["count"])])] }, Token);
            var error = await Assert.ThrowsAsync<FeastException>(() => store.DeleteViewAsync("v", Token));
            Assert.Equal("feature view 'v' is part of the feature services all; change or remove them first", error.Message);

            Assert.Equal(500, await store.DeleteViewAsync("w", Token));
            Assert.Null(store.Catalog.FindView("w"));
            Assert.Equal(7L, await CountAsync(store, "v"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<FeatureStore> FillAsync(string redis, string folder, string project)
    {
        var store = new FeatureStore(new FeatureStoreOptions(project, Path.Combine(folder, "registry.db"), folder) { Redis = redis });
        FeatureView View(string name, params string[] entities) => new(name, new FileSource(name, name))
        {
            Entities = entities,
            Schema = [new Field("count", MlKit.Feast.ValueType.Int64)],
        };
        var (star, bracket) = (new string('k', 42), new string('b', 91));
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Entities = [new Entity("user") { JoinKey = "user_id" }, new Entity("star") { JoinKey = star }, new Entity("bracket") { JoinKey = bracket }],
                Views = [View("v", "user"), View("w", "user"), View("x", "star"), View("y", "star", "bracket")],
            },
            Token);
        foreach (var view in new[] { "v", "w" })
        {
            await store.WriteOnlineAsync(view, Rows(500, "user_id"), Token);
        }

        await store.WriteOnlineAsync("x", Rows(1, star), Token);
        await store.WriteOnlineAsync("y", Rows(1, star, bracket), Token);
        return store;
    }

    private static FeatureFrame Rows(int count, params string[] keys) => new(
    [
        .. keys.Select(key => new FeatureColumn(key, Enumerable.Range(0, count).Select(i => $"u{i}").ToArray())),
        new FeatureColumn("count", Enumerable.Repeat(7L, count).ToArray()),
        new FeatureColumn("event_timestamp", Enumerable.Repeat(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), count).ToArray()),
    ]);

    private static async Task<object?> CountAsync(FeatureStore store, string view)
    {
        var answer = await store.GetOnlineFeaturesAsync([$"{view}:count"], [new FeatureColumn("user_id", new[] { "u499" })], cancellationToken: Token);
        return answer["count"][0];
    }

    private static string Sorted(IEnumerable<(string Command, string[] Arguments)> commands) =>
        string.Join('\n', WriteVectors.Lines(commands).Split('\n').Order(StringComparer.Ordinal));
}
