using MlKit.Tests.Replay;

namespace MlKit.Tests;

/// <summary>Every page of MLflow's own web UI, as its calls were recorded, gets the same answers here.</summary>
public sealed class RecordedUiTests(PostgresServer postgres)
{
    private const string Absent = "(shared material is absent)";

    public static TheoryData<string> Conversations
    {
        get
        {
            var folder = SharedMaterial.Optional("vectors", "mlflow-ui");
            string[] names = folder is null
                ? [Absent]
                : [.. Directory.GetFiles(folder, "*.json").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
            return [.. names];
        }
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public Task A_page_of_the_official_UI_gets_its_recorded_answers_on_SQLite(string conversation) =>
        ReplayAsync(conversation, Backend.Sqlite);

    [Theory]
    [MemberData(nameof(Conversations))]
    public Task A_page_of_the_official_UI_gets_its_recorded_answers_on_PostgreSQL(string conversation) =>
        ReplayAsync(conversation, Backend.Postgres);

    private async Task ReplayAsync(string conversation, Backend backend)
    {
        var folder = SharedMaterial.Require("vectors", "mlflow-ui");
        await using var server = await postgres.StartTrackingAsync(backend);
        var count = await Replayer.RunAsync(
            server.Address, Path.Combine(folder, conversation), TestContext.Current.CancellationToken);
        Assert.True(count > 0, "the conversation is empty");
    }
}
