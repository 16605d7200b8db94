using MlKit.Bench.Scorer.Servers;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>Time from the start of the process until it is ready with a model of 5 MB.</summary>
internal static class StartScenario
{
    public static async Task RunAsync()
    {
        using var models = new Models();
        models.Write("mlp", OnnxFile.Network(20, 1100, 2));
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            using var scorer = await ServerProcess.ScorerAsync(models.Folder);
            times.Add(scorer.ReadyAfter.TotalSeconds);
        }

        times.Sort();
        var size = new FileInfo(Path.Combine(models.Folder, "mlp", "model.onnx")).Length / 1e6;
        Table.Head($"Start of the process until ready with one model of {size:0.0} MB", "fastest s", "median s", "slowest s");
        Table.Row($"{times[0]:0.00}", $"{times[2]:0.00}", $"{times[^1]:0.00}");
    }
}
