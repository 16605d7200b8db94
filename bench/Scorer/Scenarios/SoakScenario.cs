using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>Ten thousand requests of each kind, again and again: memory must not grow.</summary>
internal static class SoakScenario
{
    public static async Task RunAsync()
    {
        using var models = new Models();
        models.AddNetwork("mlp", 64, 0);
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        Table.Head("Soak", "protocol", "requests", "memory before, MB", "after, MB", "ratio");
        foreach (var (name, connect) in Protocols.All("mlp"))
        {
            LoadRunner.Run(() => connect(scorer), 8, 3);
            var before = scorer.Memory;
            var result = LoadRunner.Run(() => connect(scorer), 8, 8);
            Table.Row(name, $"{result.Good}", $"{before / 1e6:0}", $"{scorer.Memory / 1e6:0}", $"{scorer.Memory / (double)before:0.00}");
        }
    }
}
