namespace MlKit.Tests.Replay;

/// <summary>
/// Every conversation that was recorded from MLflow's own server, hand-made requests and those of the real Python
/// client, gets the same answers here.
/// </summary>
public sealed class RecordedConversationTests
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
    public async Task A_recorded_conversation_is_answered_as_recorded(string conversation)
    {
        var folder = SharedMaterial.Require("vectors", "mlflow");
        await using var server = await TrackingProcess.StartAsync();
        var count = await Replayer.RunAsync(
            server.Address, Path.Combine(folder, conversation), TestContext.Current.CancellationToken);
        Assert.True(count > 0, "the conversation is empty");
    }
}
