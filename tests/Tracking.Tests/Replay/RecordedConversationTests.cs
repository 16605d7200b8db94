namespace MlKit.Tests.Replay;

/// <summary>
/// Every conversation that was recorded from MLflow's own server, hand-made requests and those of the real Python
/// client, gets the same answers here.
/// </summary>
public sealed class RecordedConversationTests(PostgresServer postgres)
{
    private const string Absent = "(shared material is absent)";

    public static TheoryData<string> Conversations
    {
        get
        {
            var folder = SharedMaterial.Optional("vectors", "mlflow");
            string[] names = folder is null
                ? [Absent]
                : [.. Directory.GetFiles(folder, "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
            return [.. names];
        }
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public Task A_recorded_conversation_is_answered_as_recorded_on_SQLite(string conversation) =>
        ReplayAsync(conversation, Backend.Sqlite);

    [Theory]
    [MemberData(nameof(Conversations))]
    public Task A_recorded_conversation_is_answered_as_recorded_on_PostgreSQL(string conversation) =>
        ReplayAsync(conversation, Backend.Postgres);

    private async Task ReplayAsync(string conversation, Backend backend)
    {
        var folder = SharedMaterial.Require("vectors", "mlflow");
        await using var server = await postgres.StartTrackingAsync(backend);
        var count = await Replayer.RunAsync(
            server.Address, Path.Combine(folder, conversation), TestContext.Current.CancellationToken);
        Assert.True(count > 0, "the conversation is empty");
    }
}
