using MlKit.Tests.Replay;

namespace MlKit.Tests;

/// <summary>Conversations with Feast's own server get the same answers here, over the same registry, files and Redis content.</summary>
[Collection(RedisTests.Name)]
public sealed class RecordedConversationTests(RedisServers servers)
{
    private static readonly Dictionary<string, string[]> Excused = new()
    {
        // dask refuses sources with list columns; here the rows are written.
        ["push"] = ["offline", "both"],
        // Feast writes views without entities under a key that no read asks for; here they are written where they are read.
        // It loses digits of integers beside nulls; here they stay exact.
        ["write-to-online-store"] =
        [
            "entityless-read", "entityless-older-ignored", "big-int-beside-null-read",
        ],
    };

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
        var file = SharedMaterial.Require("vectors", "feast-server", conversation + ".json");
        var setup = Vectors.Load(Path.GetFileNameWithoutExtension(Vectors.Load(conversation, "feast-server").Text("setup")), "feast-server");
        var redis = await servers.EmptyAsync(RedisServers.Embedded);
        await using var server = await FeatureServerUnderTest.StartAsync(redis, setup);

        var count = await Replayer.RunAsync(
            server.Client.BaseAddress!, file, TestContext.Current.CancellationToken, Excused.GetValueOrDefault(conversation));

        Assert.True(count > 0, "the conversation is empty");
        if (Vectors.Load(conversation, "feast-server").TryGetProperty("redis_after", out var after) && !Excused.ContainsKey(conversation))
        {
            await RedisAfter.CompareAsync(redis, after);
        }
    }
}
