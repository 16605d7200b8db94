using System.Text.Json;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker;

/// <summary>
/// <c>benchmark --data PATH --protocol latest-out [--json]</c>: trains by the default rules and evaluates without any
/// server; features go through the same files and joins as in the job, in a temporary folder.
/// </summary>
internal static class BenchmarkCommand
{
    private const string Protocol = "latest-out";
    private const string Usage = "benchmark takes --data PATH --protocol latest-out [--json]";

    public static async Task<int> RunAsync(string[] args)
    {
        if (!TryParse(args, out var path, out var json, out var fault))
        {
            return await TrainingProgram.FailAsync($"{fault}; {Usage}");
        }

        var folder = Directory.CreateTempSubdirectory("mlkit-benchmark-").FullName;
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            stop.Cancel();
        };
        try
        {
            await MeasureAsync(path, json, folder, stop.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return await TrainingProgram.FailAsync("stopped before the end");
        }
        catch (Exception error) when (TrainingProgram.Explain(error) is { } reason)
        {
            return await TrainingProgram.FailAsync(reason);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool TryParse(string[] args, out string path, out bool json, out string fault)
    {
        (path, json, fault) = ("", false, "");
        var protocol = "";
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--data" when i + 1 < args.Length:
                    path = args[++i];
                    break;
                case "--protocol" when i + 1 < args.Length:
                    protocol = args[++i];
                    break;
                default:
                    fault = $"'{args[i]}' is not understood";
                    return false;
            }
        }

        fault = path.Length == 0 ? "--data is missing" : protocol != Protocol ? $"protocol '{protocol}' is not known" : "";
        return fault.Length == 0;
    }

    private static async Task MeasureAsync(string path, bool json, string folder, CancellationToken cancellationToken)
    {
        using var logging = LoggerFactory.Create(log =>
            log.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        var start = TimeProvider.System.GetTimestamp();
        var clock = new StageClock(TimeProvider.System, logging.CreateLogger<StageClock>());
        var data = clock.Run("load", () => DataSetReader.Read(Path.GetFullPath(path), cancellationToken: cancellationToken));
        var plan = clock.Run("features", () => TrainingPlan.Of(data));
        await using var features = FeatureRepository.Open(
            "mlkit", Path.Combine(folder, "registry.db"), Path.Combine(folder, "offline"), null, TimeProvider.System);
        await clock.RunAsync("write_features", () => features.WriteAsync(data, plan.Snapshots, cancellationToken));
        var pipeline = new TrainingPipeline(clock, logging.CreateLogger<TrainingPipeline>());
        var result = await pipeline.RunAsync(plan, features, new RankerOptions(), cancellationToken);
        Print(data, result, TimeProvider.System.GetElapsedTime(start).TotalSeconds, json);
    }

    private static void Print(DataSet data, TrainingResult result, double seconds, bool json)
    {
        if (!json)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"{Protocol}: {result.Pipeline.Users} users, {data.ItemIds.Length} items, {seconds:0.0} s"));
            foreach (var (stage, metrics) in result.Stages)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"{stage,-12} HR@10 {metrics.HitRateAt10:0.0000}  NDCG@10 {metrics.NdcgAt10:0.0000}"));
            }

            return;
        }

        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("protocol", Protocol);
        writer.WriteNumber("users", result.Pipeline.Users);
        writer.WriteNumber("items", data.ItemIds.Length);
        writer.WriteNumber("seconds", Math.Round(seconds, 3));
        Write(writer, "metrics", result.Pipeline);
        writer.WriteStartObject("stages");
        foreach (var (stage, metrics) in result.Stages)
        {
            Write(writer, stage, metrics);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, EvaluationResult metrics)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("hr@10", metrics.HitRateAt10);
        writer.WriteNumber("ndcg@10", metrics.NdcgAt10);
        writer.WriteEndObject();
    }
}
