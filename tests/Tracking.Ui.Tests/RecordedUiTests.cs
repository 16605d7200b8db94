using MlKit.Tests.Replay;

namespace MlKit.Tests;

/// <summary>Every page of MLflow's own web UI, as its calls were recorded, gets the same answers here.</summary>
public sealed class RecordedUiTests(PostgresServer postgres)
{
    private const string Folder = "mlflow-ui";

    public static TheoryData<string> Recorded => Conversations.In(Folder);

    [Theory]
    [MemberData(nameof(Recorded))]
    public Task A_page_of_the_official_UI_gets_its_recorded_answers_on_SQLite(string conversation) =>
        postgres.ReplayAsync(Folder, conversation, Backend.Sqlite);

    [Theory]
    [MemberData(nameof(Recorded))]
    public Task A_page_of_the_official_UI_gets_its_recorded_answers_on_PostgreSQL(string conversation) =>
        postgres.ReplayAsync(Folder, conversation, Backend.Postgres);
}
