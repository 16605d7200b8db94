using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>Three times as many requests as the model can answer, at a fixed rate.</summary>
internal static class OverloadScenario
{
    private const int Connections = 64;

    public static async Task RunAsync()
    {
        using var models = new Models();
        models.AddNetwork("mlp", 1024, 4000);
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        var request = Models.BinaryRequest("mlp");
        ILoadConnection Connect() => new HttpConnection(scorer.Port, () => request);
        LoadRunner.Run(Connect, Connections, 2);
        var capacity = LoadRunner.Run(Connect, Connections, 5);
        Table.Head("Overload: requests come at a fixed rate whatever the answers are", "load", "answered/s", "of capacity", "p50 ms", "p99 ms", "refused at once");
        Table.Row($"capacity ({Connections} connections in a loop)", $"{capacity.PerSecond:0}", "1.00", $"{capacity.P50:0}", $"{capacity.P99:0}", $"{capacity.Refused}");
        foreach (var factor in new[] { 1.0, 3.0 })
        {
            var result = LoadRunner.Run(Connect, 400, 10, capacity.PerSecond * factor);
            Table.Row($"{factor:0} x capacity", $"{result.PerSecond:0}", $"{result.PerSecond / capacity.PerSecond:0.00}", $"{result.P50:0}", $"{result.P99:0}", $"{result.Refused}");
        }
    }
}
