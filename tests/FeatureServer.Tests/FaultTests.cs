using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Stores that are slow, values that are hardly any, and clients without the token.</summary>
[Collection(RedisTests.Name)]
public sealed class FaultTests(RedisServers servers)
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_falls_silent_is_503_within_its_timeout_and_loses_no_offline_push()
    {
        await using var proxy = new RecordingProxy(await servers.EmptyAsync(RedisServers.Embedded));
        await using var server = await StartAsync($"{proxy.ConnectionString},asyncTimeout=700");
        await using var store = await ApplyAsync(server);
        Assert.Equal(HttpStatusCode.OK, (await ReadAsync(server)).Status);

        proxy.Silent = true;
        var clock = Stopwatch.StartNew();
        var (status, reason) = await ReadAsync(server);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("does not answer in time", reason.GetString(), StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(15));
        using var offline = await PushAsync(server, "[5]", "offline");
        using var both = await PushAsync(server, "[6]", "online_and_offline");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (offline.StatusCode, both.StatusCode));

        proxy.Silent = false;
        await Eventually.True(async () => (await ReadAsync(server)).Status == HttpStatusCode.OK, TimeSpan.FromSeconds(30), "the server reads again");
        var history = await store.GetHistoricalFeaturesAsync(
            new FeatureFrame(new FeatureColumn("user_id", new[] { "u1" }), new FeatureColumn("event_timestamp", new[] { Day })), ["activity:count"], cancellationToken: Token);
        Assert.Contains(history["count"][0], new object[] { 5.0, 6.0 });
    }

    [Fact]
    public async Task NaN_is_a_missing_value_as_Python_writes_it_and_infinities_are_numbers()
    {
        await using var server = await StartAsync(await servers.EmptyAsync(RedisServers.Embedded));
        await using var store = await ApplyAsync(server);
        using var first = await PushAsync(server, "[2.5]");
        using var missing = await PushAsync(server, "[NaN, Infinity, -Infinity, 1e400]", keys: """["u1", "NaN", "-Infinity \" NaN", "u4"]""", hour: 1);
        using var answer = await PostAsync(
            server, "/get-online-features", """{"features": ["activity:count"], "entities": {"user_id": ["u1", "NaN", "-Infinity \" NaN"]}}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, missing.StatusCode));
        var values = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("results")[1].GetProperty("values");
        Assert.Equal("""[null,"Infinity","-Infinity"]""", values.GetRawText());
        using var broken = await PushAsync(server, "[NaN");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, broken.StatusCode);
    }

    [Theory]
    [InlineData("""{"user_id": ["u1"], "count": [123456789012345678901234567890123456789e400], "event_timestamp": ["2026-03-01T00:00:00Z"]}""", HttpStatusCode.OK, "")]
    [InlineData("""{"user_id": [[]], "count": [1], "event_timestamp": ["2026-03-01T00:00:00Z"]}""", HttpStatusCode.InternalServerError, "user_id")]
    [InlineData("""{"user_id": ["\u0000\u0001"], "count": [1], "event_timestamp": ["2026-03-01T00:00:00Z"]}""", HttpStatusCode.OK, "")]
    [InlineData("""{"user_id": ["u1"], "count": [{}], "event_timestamp": ["2026-03-01T00:00:00Z"]}""", HttpStatusCode.InternalServerError, "count")]
    [InlineData("""{"user_id": ["u1"], "count": [1], "event_timestamp": [99999999999999999999999]}""", HttpStatusCode.InternalServerError, "event_timestamp")]
    public async Task Odd_values_are_taken_or_named(string df, HttpStatusCode status, string name)
    {
        await using var server = await StartAsync(await servers.EmptyAsync(RedisServers.Embedded));
        await using var store = await ApplyAsync(server);
        using var response = await PostAsync(server, "/push", $$$"""{"push_source_name": "activity_push", "df": {{{df}}}}""");
        var text = await response.Content.ReadAsStringAsync(Token);

        Assert.True(response.StatusCode == status, text);
        Assert.Contains(name, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_clients_with_the_token_are_let_in_but_health_stays_open()
    {
        await using var server = await StartAsync(
            await servers.EmptyAsync(RedisServers.Embedded), "--MLKIT:FEAST:TOKEN", "open sesame", "--MLKIT:FEAST:GRPCPORT", "0");
        await using var store = await ApplyAsync(server);
        async Task<(HttpStatusCode, string)> AskAsync(string? header)
        {
            server.Client.DefaultRequestHeaders.Authorization = header is null ? null : AuthenticationHeaderValue.Parse(header);
            var (status, body) = await ReadAsync(server);
            return (status, status == HttpStatusCode.OK ? "" : body.GetProperty("detail").GetString()!);
        }

        Assert.Equal((HttpStatusCode.Unauthorized, "Missing authentication token"), await AskAsync(null));
        Assert.Equal((HttpStatusCode.Unauthorized, "Missing authentication token"), await AskAsync("Basic b3BlbiBzZXNhbWU="));
        Assert.Equal((HttpStatusCode.Unauthorized, "Invalid authentication token"), await AskAsync("Bearer open sesam"));
        Assert.Equal((HttpStatusCode.OK, ""), await AskAsync("Bearer open sesame"));
        server.Client.DefaultRequestHeaders.Authorization = null;
        foreach (var path in new[] { "/health", "/alive" })
        {
            using var open = await server.Client.GetAsync(path, Token);
            Assert.Equal((path, HttpStatusCode.OK), (path, open.StatusCode));
        }

        using var replay = new GrpcReplay(server.Grpc);
        Assert.Null(await replay.CompareAsync(JsonDocument.Parse(
            """{"request": {"grpc": "GrpcFeatureServer/GetOnlineFeatures", "hex": ""}, "response": {"code": "UNAUTHENTICATED", "details": "Missing authentication token"}}""").RootElement));
    }

    private static Task<FeatureServerUnderTest> StartAsync(string redis, params string[] settings) =>
        FeatureServerUnderTest.StartAsync(redis, settings: settings);

    private static Task<FeatureStore> ApplyAsync(FeatureServerUnderTest server) => ActivityView.ApplyAsync(server, ValueType.Double);

    private static Task<HttpResponseMessage> PushAsync(
        FeatureServerUnderTest server, string counts, string to = "online", string keys = """["u1"]""", int hour = 0)
    {
        var times = string.Join(',', Enumerable.Repeat($"\"2026-03-01T0{hour}:00:00Z\"", keys.Split("\", \"").Length));
        return PostAsync(
            server, "/push", $$$"""{"push_source_name": "activity_push", "df": {"user_id": {{{keys}}}, "count": {{{counts}}}, "event_timestamp": [{{{times}}}]}, "to": "{{{to}}}"}""");
    }

    private static Task<HttpResponseMessage> PostAsync(FeatureServerUnderTest server, string path, string body) =>
        server.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Token);

    private static Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(FeatureServerUnderTest server) => ActivityView.ReadAsync(server);
}
