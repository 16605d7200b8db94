using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>Requests per second of a model of about 50 us.</summary>
internal static class SpeedScenario
{
    /// <summary>The targets hold where a bare loop makes so many runs each second, and scale with it.</summary>
    private const double TargetRate = 20_000;

    private static readonly Dictionary<string, double> Targets = new() { ["gRPC"] = 10_000, ["REST binary"] = 8_000, ["REST JSON"] = 6_000 };

    public static async Task RunAsync()
    {
        using var models = new Models();
        var raw = models.AddNetwork("mlp", 256, 50);
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        Table.Head(
            $"Model of {1e6 / raw:0} us (a bare loop on one thread makes {raw:0} runs/s), 16 connections, load generator on the same processors",
            "protocol", "requests/s", "share of the bare loop", "target, scaled", "of the target", "p50 ms", "p99 ms", "refused");
        foreach (var (name, connect) in Protocols.All("mlp"))
        {
            LoadRunner.Run(() => connect(scorer), 16, 3);
            var result = LoadRunner.Run(() => connect(scorer), 16, 5);
            var target = Targets[name] * raw / TargetRate;
            Table.Row(
                name, $"{result.PerSecond:0}", $"{result.PerSecond / raw:0.00}", $"{target:0}", $"{result.PerSecond / target:0.00}", $"{result.P50:0.00}", $"{result.P99:0.00}", $"{result.Refused}");
        }
    }
}
