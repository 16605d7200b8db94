using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MlKit.Feast;
using MlKit.FeatureServer;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>What the server does around Feast's protocol: start before the registry, follow it, survive its store.</summary>
[Collection(RedisTests.Name)]
public sealed class ServerTests(RedisServers servers)
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_server_starts_without_a_registry_and_serves_as_soon_as_it_is_applied()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis);
        var (early, reason) = await ReadAsync(server);
        Assert.Contains("serves 0 feature views", await HealthAsync(server, HttpStatusCode.OK), StringComparison.Ordinal);

        await ApplyAsync(server, redis);
        using var push = await PushAsync(server, "online", 7, Day);
        var (late, answer) = await ReadAsync(server);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, early);
        Assert.Contains("is not there", reason.GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, push.StatusCode);
        Assert.Equal(HttpStatusCode.OK, late);
        Assert.Equal(7, answer.GetProperty("results")[1].GetProperty("values")[0].GetInt64());
        Assert.Contains("serves 1 feature views of project demo", await HealthAsync(server, HttpStatusCode.OK), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_cut_in_half_is_told_and_healed_by_the_next_apply()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis);
        await ApplyAsync(server, redis);
        var whole = await File.ReadAllBytesAsync(server.Registry, Token);

        await File.WriteAllBytesAsync(server.Registry, whole.AsMemory(0, (whole.Length / 2) + 1), Token);
        var (broken, _) = await ReadAsync(server);
        var health = await HealthAsync(server, HttpStatusCode.ServiceUnavailable);
        Assert.True(health.Contains("or only a part of one", StringComparison.Ordinal), health);
        await File.WriteAllBytesAsync(server.Registry, whole, Token);
        var (healed, _) = await ReadAsync(server);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (broken, healed));
    }

    [Fact]
    public async Task A_repository_of_Feast_is_enough_to_serve_it_and_settings_win_over_it()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        var folder = Directory.CreateTempSubdirectory("mlkit-feast-repo-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "feature_store.yaml"),
                $"project: of_feast\nregistry: data/registry.db\nonline_store: {{type: redis, connection_string: '{redis}', key_ttl_seconds: 60}}\nentity_key_serialization_version: 2\n", Token);
            var options = FeatureServerApp.Settings(["--repo", folder, "--MLKIT:FEAST:KEYTTLSECONDS", "90"]).Store;
            Assert.Equal(("of_feast", Path.Combine(folder, "data", "registry.db"), folder, redis), (options.Project, options.RegistryPath, options.OfflinePath, options.Redis));
            Assert.Equal((2, TimeSpan.FromSeconds(90)), (options.Online.EntityKeyVersion, options.Online.KeyTtl));

            await File.WriteAllTextAsync(Path.Combine(folder, "feature_store.yaml"), "project: p\nregistry: r.db\nonline_store: none\nauth: {type: oidc}\n", Token);
            var error = Assert.Throws<InvalidOperationException>(() => FeatureServerApp.Settings(["--repo", folder]));
            Assert.Contains("auth.type is 'oidc'", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Feasts_own_errors_are_texts_as_Python_writes_them()
    {
        await using var server = await FeatureServerUnderTest.StartAsync(await servers.EmptyAsync(RedisServers.Embedded));
        await ApplyAsync(server, await servers.ConnectionAsync(RedisServers.Embedded));
        using var answer = await server.Client.PostAsJsonAsync(
            "/write-to-online-store", new { feature_view_name = "m\u00fcnchen \ud83c\udfac \u007f\u0001\n\"\\/<", df = new { } }, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.EndsWith("""name m\u00fcnchen \ud83c\udfac \u007f\u0001\n\"\\/<"}""", (await answer.Content.ReadFromJsonAsync<string>(Token))!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_gone_is_503_with_the_reason_and_comes_back_by_itself()
    {
        var port = RedisServers.FreePort();
        await using var server = await FeatureServerUnderTest.StartAsync($"127.0.0.1:{port}");
        await ApplyAsync(server, $"127.0.0.1:{port}");

        var (gone, reason) = await ReadAsync(server);
        using var refused = await PushAsync(server, "online", 1, Day);
        var health = await HealthAsync(server, HttpStatusCode.ServiceUnavailable);
        var folder = Directory.CreateTempSubdirectory("mlkit-feature-server-store-").FullName;
        try
        {
            await using var store = await StoreAsync(port, folder);
            await Eventually.True(async () => (await ReadAsync(server)).Status == HttpStatusCode.OK, TimeSpan.FromSeconds(20), "the server reads again");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, gone);
        Assert.Equal($"the online store at 127.0.0.1:{port} is not connected", reason.GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains($"127.0.0.1:{port} is not connected", health, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pushed_rows_reach_the_files_where_the_push_says_so()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis);
        await using var store = await ApplyAsync(server, redis);

        using var online = await PushAsync(server, "online", 1, Day);
        using var offline = await PushAsync(server, "offline", 2, Day.AddHours(1));
        using var both = await PushAsync(server, "online_and_offline", 3, Day.AddHours(2));

        Assert.All([online, offline, both], response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(3, (await ReadAsync(server)).Body.GetProperty("results")[1].GetProperty("values")[0].GetInt64());
        var history = await store.GetHistoricalFeaturesAsync(
            new FeatureFrame(
                new FeatureColumn("user_id", new[] { "u1", "u1", "u1" }),
                new FeatureColumn("event_timestamp", new[] { Day, Day.AddHours(1), Day.AddHours(2) })),
            ["activity:count"],
            cancellationToken: Token);
        Assert.Equal(new long?[] { null, 2, 3 }, history["count"].Values);
    }

    [Fact]
    public async Task Pushes_to_one_file_at_the_same_time_lose_no_row()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis);
        await using var store = await ApplyAsync(server, redis);
        var file = new FileSource("one_file", "one.parquet");
        await store.ApplyAsync(
            new FeatureDefinitions
            {
                Views = [new FeatureView("one", new PushSource("one_push", file)) { Entities = ["user"], Schema = [new Field("n", ValueType.Int64)] }],
            },
            Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(row => server.Client.PostAsJsonAsync(
            "/push", new { push_source_name = "one_push", df = new { user_id = new[] { $"u{row}" }, n = new[] { row }, event_timestamp = new[] { Day } }, to = "offline" }, Token)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var rows = await store.ReadFrameAsync(Path.Combine(server.Folder, "one.parquet"), Token);
        Assert.Equal(Enumerable.Range(0, 16).Select(row => (long?)row), rows["n"].Values.Cast<long?>().Order());
    }

    [Fact]
    public async Task A_row_that_does_not_fit_leaves_nothing_behind()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis);
        await ApplyAsync(server, redis);

        using var response = await server.Client.PostAsJsonAsync(
            "/push",
            new { push_source_name = "activity_push", df = new { user_id = new[] { "u1", "u2" }, count = new object[] { 1, "ten" }, event_timestamp = new[] { Day, Day } } },
            Token);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("column 'count' row 1: 'ten' is no value of type Int64", await response.Content.ReadFromJsonAsync<string>(Token), StringComparison.Ordinal);
        Assert.Empty(await RedisContent.LinesAsync(redis));
    }

    [Fact]
    public async Task Strict_statuses_tell_null_unknown_and_expired_values_apart()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis, settings: ["--MLKIT:FEAST:STRICTSTATUSES", "true"]);
        await using var store = await ApplyAsync(server, redis, TimeSpan.FromDays(1));
        var now = TimeProvider.System.GetUtcNow();
        await store.WriteOnlineAsync(
            "activity",
            new FeatureFrame(
                new FeatureColumn("user_id", new[] { "u1", "null", "old" }),
                new FeatureColumn("count", new long?[] { 1, null, 3 }),
                new FeatureColumn("event_timestamp", new[] { now, now, now.AddDays(-2) })),
            Token);

        using var response = await server.Client.PostAsJsonAsync(
            "/get-online-features",
            new { features = new[] { "activity:count" }, entities = new { user_id = new[] { "u1", "null", "old", "nobody" } } },
            Token);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Token);

        Assert.Equal(["PRESENT", "NULL_VALUE", "OUTSIDE_MAX_AGE", "NOT_FOUND"], answer.GetProperty("results")[1].Texts("statuses"));
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_answered()
    {
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis);
        await ApplyAsync(server, redis);
        using var body = new StringContent(
            $$$"""{"features": ["activity:count"], "entities": {"user_id": ["{{{new string('x', 10_000_000)}}}"]}}""", Encoding.UTF8, "application/json");

        using var response = await server.Client.PostAsync("/get-online-features", body, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("--MLKIT:FEAST:KEYVERSION", "1", "MLKIT__FEAST__KEYVERSION is '1'; allowed is a whole number from 2 to 3")]
    [InlineData("--MLKIT:FEAST:STRICTSTATUSES", "perhaps", "MLKIT__FEAST__STRICTSTATUSES is 'perhaps'; allowed are true and false")]
    [InlineData("--ConnectionStrings:redis", "localhost:6379,colour=red", "ConnectionStrings__redis: the Redis connection string is not understood")]
    public void A_setting_that_is_not_allowed_is_named_with_what_is(string key, string value, string message)
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            FeatureServer.FeatureServerApp.Build([key, value, "--MLKIT:FEAST:REGISTRY", "r", "--MLKIT:FEAST:OFFLINE", "o"]));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static async Task<StoreLease> StoreAsync(int port, string folder)
    {
        var store = new OnlineStore.RespStore(
            new OnlineStore.OnlineStoreOptions(port, null, 64, 3600, 100),
            folder,
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<OnlineStore.RespStore>.Instance);
        await store.StartAsync(Token);
        return new StoreLease(store);
    }

    private static Task<FeatureStore> ApplyAsync(FeatureServerUnderTest server, string redis, TimeSpan ttl = default) =>
        ActivityView.ApplyAsync(server, ValueType.Int64, redis, ttl);

    private static Task<HttpResponseMessage> PushAsync(FeatureServerUnderTest server, string to, long count, DateTimeOffset time) =>
        server.Client.PostAsJsonAsync(
            "/push",
            new { push_source_name = "activity_push", df = new { user_id = new[] { "u1" }, count = new[] { count }, event_timestamp = new[] { time } }, to },
            Token);

    private static Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(FeatureServerUnderTest server) => ActivityView.ReadAsync(server);

    private static async Task<string> HealthAsync(FeatureServerUnderTest server, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await server.Client.SendAsync(request, Token);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }

    private sealed class StoreLease(OnlineStore.RespStore store) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await store.StopAsync(CancellationToken.None);
            store.Dispose();
        }
    }
}
