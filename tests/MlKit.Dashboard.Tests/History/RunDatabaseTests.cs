using System.Text;
using MlKit.Dashboard.History;

namespace MlKit.Dashboard.Tests.History;

public sealed class RunDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-runs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Batches_come_back_in_order_as_far_as_they_are_wanted()
    {
        using var database = Create();
        database.Write(Enumerable.Range(1, 10).Select(i => Batch(RecordedSignal.Logs, 10, $"b{i}")), []);
        database.Write([Batch(RecordedSignal.Traces, 10, "other")], []);
        Assert.Equal(["b8", "b9", "b10"], Read(database, RecordedSignal.Logs, 30));
        Assert.Equal(["b7", "b8", "b9", "b10"], Read(database, RecordedSignal.Logs, 31));
        Assert.Equal(10, Read(database, RecordedSignal.Logs, long.MaxValue).Count);
    }

    [Fact]
    public void Pruning_keeps_the_newest_within_both_limits()
    {
        using var database = Create();
        database.Write(Enumerable.Range(1, 10).Select(i => Batch(RecordedSignal.Logs, 10, $"b{i}")), []);
        database.Prune(RecordedSignal.Logs, 35, long.MaxValue);
        Assert.Equal(["b8", "b9", "b10"], Read(database, RecordedSignal.Logs, long.MaxValue));
        var (items, bytes) = database.Total(RecordedSignal.Logs);
        Assert.Equal(30, items);
        database.Prune(RecordedSignal.Logs, long.MaxValue, bytes / 2);
        Assert.Equal(["b10"], Read(database, RecordedSignal.Logs, long.MaxValue));
    }

    [Fact]
    public void The_last_state_of_a_resource_is_kept()
    {
        using var database = Create();
        var ran = DateTimeOffset.UnixEpoch.AddSeconds(5);
        database.Write([], [new RecordedResource("a", null, null, [1])]);
        database.Write([], [new RecordedResource("a", ran, null, [2, 3])]);
        var resource = Assert.Single(database.ReadResources());
        Assert.Equal(("a", (DateTimeOffset?)ran, (DateTimeOffset?)null), (resource.Id, resource.RunningAt, resource.HealthyAt));
        Assert.Equal([2, 3], resource.Payload);
    }

    private static RecordedBatch Batch(RecordedSignal signal, int items, string text) => new(signal, items, Encoding.UTF8.GetBytes(text));

    private static List<string> Read(RunDatabase database, RecordedSignal signal, long items) => [.. database.Read(signal, items).Select(Encoding.UTF8.GetString)];

    private RunDatabase Create() => RunDatabase.Create(Path.Combine(_folder, "dashboard.db"));
}
