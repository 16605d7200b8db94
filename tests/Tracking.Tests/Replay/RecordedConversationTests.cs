namespace MlKit.Tests.Replay;

/// <summary>
/// Every conversation that was recorded from MLflow's own server, hand-made requests and those of the real Python
/// client, gets the same answers here.
/// </summary>
public sealed class RecordedConversationTests(PostgresServer postgres)
{
    private const string Folder = "mlflow";

    public static TheoryData<string> Recorded => Conversations.In(Folder);

    [Theory]
    [MemberData(nameof(Recorded))]
    public Task A_recorded_conversation_is_answered_as_recorded_on_SQLite(string conversation) =>
        postgres.ReplayAsync(Folder, conversation, Backend.Sqlite);

    [Theory]
    [MemberData(nameof(Recorded))]
    public Task A_recorded_conversation_is_answered_as_recorded_on_PostgreSQL(string conversation) =>
        postgres.ReplayAsync(Folder, conversation, Backend.Postgres);
}
