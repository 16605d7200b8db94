using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MlKit.Tests.Replay;

namespace MlKit.Tests;

/// <summary>Conversations with Feast's own server get the same answers here, over the same registry, files and Redis content.</summary>
[Collection(RedisTests.Name)]
public sealed class RecordedConversationTests(RedisServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("online-features")]
    [InlineData("online-errors")]
    [InlineData("online-entity-values")]
    [InlineData("online-composite")]
    [InlineData("online-services")]
    [InlineData("online-types")]
    [InlineData("http-protocol")]
    [InlineData("push")]
    [InlineData("write-to-online-store")]
    [InlineData("materialize")]
    public async Task A_recorded_conversation_is_answered_as_recorded(string conversation)
    {
        var recorded = Conversation(conversation);
        await using var server = await StartAsync(recorded);
        var file = Path.Combine(server.Folder, "conversation.json");
        await File.WriteAllTextAsync(file, RecordedAccidents.Amend(conversation, recorded), Token);

        var count = await Replayer.RunAsync(server.Client.BaseAddress!, file, Token);

        Assert.True(count > 0, "the conversation is empty");
        using var amended = JsonDocument.Parse(await File.ReadAllTextAsync(file, Token));
        if (amended.RootElement.TryGetProperty("redis_after", out var after))
        {
            await RedisAfter.CompareAsync(await servers.ConnectionAsync(RedisServers.Embedded), after);
        }
    }

    /// <summary>The README: a server that cannot run Python functions "must still serve the rest".</summary>
    [Fact]
    public async Task On_demand_views_are_refused_by_name_and_their_source_features_are_served()
    {
        var recorded = Conversation("online-on-demand");
        await using var server = await StartAsync(recorded);
        foreach (var exchange in recorded.GetProperty("exchanges").EnumerateArray())
        {
            var body = exchange.GetProperty("request").GetProperty("json");
            using var answer = await server.Client.PostAsync("/get-online-features", new StringContent(body.GetRawText(), Encoding.UTF8, "application/json"), Token);
            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Contains("on-demand feature view", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var source = await server.Client.PostAsJsonAsync(
            "/get-online-features", new { features = new[] { "item_popularity:trend" }, entities = new { item_id = new[] { "m0001" }, boost = new[] { 1 } } }, Token);
        Assert.Equal(HttpStatusCode.OK, source.StatusCode);
    }

    [Fact]
    public async Task Rows_with_lists_are_added_to_a_file_where_a_setting_says_so_and_are_found_by_the_next_materialization()
    {
        var recorded = Conversation("push");
        await using var server = await StartAsync(recorded, "--MLKIT:FEAST:OFFLINELISTS", "true");
        var exchange = recorded.GetProperty("exchanges").EnumerateArray().Single(exchange => exchange.Text("id") == "offline");
        var push = exchange.GetProperty("request").GetProperty("json").GetRawText();

        using var answer = await server.Client.PostAsync("/push", new StringContent(push, Encoding.UTF8, "application/json"), Token);
        using var materialized = await server.Client.PostAsJsonAsync(
            "/materialize", new { start_ts = "2024-05-31T12:00:00", end_ts = "2024-06-01T12:00:00", feature_views = new[] { "user_activity" } }, Token);
        using var read = await server.Client.PostAsJsonAsync(
            "/get-online-features", new { features = new[] { "user_activity:last_genres" }, entities = new { user_id = new[] { 924 } } }, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, materialized.StatusCode));
        Assert.Equal("""[["n"]]""", (await read.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("results")[1].GetProperty("values").GetRawText());
    }

    private static JsonElement Conversation(string name) => Vectors.Load(name, "feast-server");

    private async Task<FeatureServerUnderTest> StartAsync(JsonElement recorded, params string[] settings) => await FeatureServerUnderTest.StartAsync(
        await servers.EmptyAsync(RedisServers.Embedded), Conversation(Path.GetFileNameWithoutExtension(recorded.Text("setup"))), settings);
}
