namespace MlKit.Tests;

/// <summary>gRPC conversations with Feast's own server get the same answers here.</summary>
[Collection(RedisTests.Name)]
public sealed class GrpcConversationTests(RedisServers servers)
{
    /// <summary>On-demand views are Python functions; they must be refused, whatever the words.</summary>
    private const string OnDemand = "on-demand view";

    [Theory]
    [InlineData("grpc-online")]
    [InlineData("grpc-push")]
    public async Task A_recorded_conversation_is_answered_as_recorded(string conversation)
    {
        var recorded = Vectors.Load(conversation, "feast-server");
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        var before = Vectors.Load(Path.GetFileNameWithoutExtension(recorded.Text("setup")), "feast-server");
        await using var server = await FeatureServerUnderTest.StartAsync(redis, before, "--MLKIT:FEAST:GRPCPORT", "0");
        using var replay = new GrpcReplay(server.Grpc);
        var mismatches = new List<string>();
        foreach (var exchange in recorded.GetProperty("exchanges").EnumerateArray())
        {
            var note = exchange.TryGetProperty("note", out var text) ? text.GetString()! : "";
            if (await replay.CompareAsync(exchange, refused: note == OnDemand, orGoodAnswer: note.Contains("is right too", StringComparison.Ordinal)) is { } mismatch)
            {
                mismatches.Add($"{exchange.Text("id")}: {mismatch}");
            }
        }

        Assert.True(mismatches.Count == 0, string.Join(Environment.NewLine, mismatches));
        if (recorded.TryGetProperty("redis_after", out var after))
        {
            await RedisAfter.CompareAsync(redis, after);
        }
    }

    [Fact]
    public async Task A_client_of_the_Java_and_Go_servers_is_answered_and_empty_requests_too_where_a_setting_says_so()
    {
        const string service = "feast.serving.ServingService";
        var recorded = Vectors.Load("grpc-online", "feast-server").GetProperty("exchanges").EnumerateArray().First(exchange => exchange.Text("id") == "one-view");
        var info = System.Text.Json.JsonDocument.Parse(
            """{"request": {"grpc": "feast.serving.ServingService/GetFeastServingInfo", "hex": ""}, "response": {"code": "OK", "json": {"version": "{{*:text}}"}}}""").RootElement;
        foreach (var withSetting in new[] { false, true })
        {
            var redis = await servers.EmptyAsync(RedisServers.Embedded);
            await using var server = await FeatureServerUnderTest.StartAsync(
                redis, Vectors.Load("setup-movies", "feast-server"), "--MLKIT:FEAST:GRPCPORT", "0", "--MLKIT:FEAST:SERVINGSERVICE", $"{withSetting}");
            using var replay = new GrpcReplay(server.Grpc);

            Assert.Null(await replay.CompareAsync(recorded, service: service));
            var version = await replay.CompareAsync(info);
            Assert.True(withSetting ? version is null : version!.StartsWith("code Unimplemented", StringComparison.Ordinal), version);
        }
    }
}
