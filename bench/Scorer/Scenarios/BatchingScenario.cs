using MlKit.Bench.Scorer.Load;
using MlKit.Bench.Scorer.Servers;

namespace MlKit.Bench.Scorer.Scenarios;

/// <summary>A model of about 4 ms that gains from batches, with and without dynamic batching.</summary>
internal static class BatchingScenario
{
    private const int Connections = 32;
    private const double DelayMs = 2;

    public static async Task RunAsync()
    {
        using var models = new Models();
        var raw = models.AddNetwork("alone", 1024, 4000, "max_batch_size: 32");
        File.Copy(Path.Combine(models.Folder, "alone", "model.onnx"), models.Write("together", []), overwrite: true);
        File.WriteAllText(
            Path.Combine(models.Folder, "together", "config.pbtxt"),
            $"max_batch_size: 32 dynamic_batching {{ max_queue_delay_microseconds: {DelayMs * 1000:0} }}");
        using var scorer = await ServerProcess.ScorerAsync(models.Folder);
        Table.Head(
            $"Model of {1e3 / raw:0.0} ms, {Connections} connections of REST binary",
            "dynamic batching", "requests/s", "ratio", "p50 ms", "p99 ms", "rows per run", "ms of a run", "delay + 2 x run, ms");
        var before = 0.0;
        foreach (var (label, model) in new[] { ("off", "alone"), ("on", "together") })
        {
            var request = Models.BinaryRequest(model);
            LoadRunner.Run(() => new HttpConnection(scorer.Port, () => request), Connections, 2);
            var start = await StatisticsAsync(scorer, model);
            var result = LoadRunner.Run(() => new HttpConnection(scorer.Port, () => request), Connections, 6);
            var end = await StatisticsAsync(scorer, model);
            var (runs, run) = (end.Runs - start.Runs, (end.InferNs - start.InferNs) / 1e6 / (end.Runs - start.Runs));
            before = before == 0 ? result.PerSecond : before;
            Table.Row(
                label, $"{result.PerSecond:0}", $"{result.PerSecond / before:0.00}", $"{result.P50:0.0}", $"{result.P99:0.0}", $"{(end.Rows - start.Rows) / (double)runs:0.0}",
                $"{run:0.0}", $"{DelayMs + (2 * run):0.0}");
        }
    }

    private static async Task<(long Rows, long Runs, long InferNs)> StatisticsAsync(ServerProcess scorer, string model)
    {
        using var document = System.Text.Json.JsonDocument.Parse(await scorer.Http.GetStringAsync($"/v2/models/{model}/stats"));
        var stats = document.RootElement.GetProperty("model_stats")[0];
        var ns = stats.GetProperty("batch_stats").EnumerateArray().Sum(batch => batch.GetProperty("compute_infer").GetProperty("ns").GetInt64());
        return (stats.GetProperty("inference_count").GetInt64(), stats.GetProperty("execution_count").GetInt64(), ns);
    }
}
