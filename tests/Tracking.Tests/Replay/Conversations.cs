namespace MlKit.Tests.Replay;

/// <summary>The recorded conversations of the shared material, and their replay against a server of their own.</summary>
internal static class Conversations
{
    private const string Absent = "(shared material is absent)";

    /// <summary>The files of a folder below <c>vectors</c>; one name that leads to a skipped test where it is absent.</summary>
    public static TheoryData<string> In(string folder) => SharedMaterial.Optional("vectors", folder) is { } path
        ? [.. Directory.GetFiles(path, "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)]
        : [Absent];

    /// <summary>Sends one conversation to a fresh server, and fails where an answer differs.</summary>
    public static async Task ReplayAsync(this PostgresServer postgres, string folder, string conversation, Backend backend)
    {
        var path = SharedMaterial.Require("vectors", folder);
        await using var server = await postgres.StartTrackingAsync(backend);
        var count = await Replayer.RunAsync(
            server.Address, Path.Combine(path, conversation), TestContext.Current.CancellationToken);
        Assert.True(count > 0, "the conversation is empty");
    }
}
