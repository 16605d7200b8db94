using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Pipeline;

namespace MlKit.TrainingWorker.Commands;

/// <summary>
/// <c>benchmark --data PATH --protocol NAME [--json]</c>: trains by the default rules and evaluates without any server;
/// features go through the same files and joins as in the job, in a temporary folder.
/// </summary>
internal static class BenchmarkCommand
{
    /// <summary>Cuts that are random are repeated, and means over them are reported.</summary>
    private const int RandomSeeds = 3;

    private static readonly string Usage =
        $"benchmark takes --data PATH --protocol {ProtocolNames.Allowed.Replace(", ", "|", StringComparison.Ordinal)} [--seed N] [--ranker auto|lightgbm|fasttree] [--trials N] [--lenient] [--json]";

    public static Task<int> RunAsync(string[] args) => StandaloneCommand.RunAsync(Usage, async cancellationToken =>
    {
        var line = CommandLine.Parse(args, ["--data", "--protocol", "--seed", "--ranker", "--trials"], ["--json", "--lenient"]);
        var report = await MeasureAsync(
            line.Need("--data"), StandaloneCommand.Protocol(line.Need("--protocol")), line.Has("--lenient"), new PipelineOptions(Ranker(line), Trials(line)), cancellationToken);
        report.Print(line.Has("--json"));
        return ExitCode.Done;
    });

    private static RankerOptions Ranker(CommandLine line) => new()
    {
        Seed = line["--seed"] is not { } seed ? 1
            : int.TryParse(seed, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidOperationException($"--seed is '{seed}'; allowed is a whole number"),
        Kind = line["--ranker"] is not { } kind ? RankerKind.Auto
            : Enum.TryParse<RankerKind>(kind, ignoreCase: true, out var known) && known != RankerKind.Retrieval && !char.IsAsciiDigit(kind[0]) ? known
            : throw new InvalidOperationException($"--ranker is '{kind}'; allowed is auto, lightgbm or fasttree"),
    };

    private static int Trials(CommandLine line) => line["--trials"] is not { } trials ? 0
        : int.TryParse(trials, System.Globalization.CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= TrainingOptions.MostTrials ? number
        : throw new InvalidOperationException($"--trials is '{trials}'; allowed is a whole number from 0 to {TrainingOptions.MostTrials}");

    private static async Task<EvaluationReport> MeasureAsync(
        string path, Protocol protocol, bool lenient, PipelineOptions asked, CancellationToken cancellationToken)
    {
        using var logging = StandaloneCommand.Logging();
        var start = TimeProvider.System.GetTimestamp();
        var clock = new StageClock(TimeProvider.System, logging.CreateLogger<StageClock>());
        var pipeline = new TrainingPipeline(clock, logging.CreateLogger<TrainingPipeline>());
        var results = new List<TrainingResult>();
        var (users, items) = (0, 0);
        for (var round = 0; round < (protocol == Protocol.PerUser7525 ? RandomSeeds : 1); round++)
        {
            var options = new DataReadOptions { Lenient = lenient };
            var task = clock.Run("load", () => ProtocolSplitter.Read(Path.GetFullPath(path), protocol, options, asked.Ranker.Seed + round, cancellationToken));
            StandaloneCommand.WarnOfDropped(task.Training.Data);
            (users, items) = (task.Cases.Count, task.Competes?.Count(one => one) ?? task.Training.Data.ItemIds.Length);
            results.Add(await RunAsync(task, pipeline, clock, asked with { Ranker = asked.Ranker with { Seed = asked.Ranker.Seed + round } }, cancellationToken));
        }

        return new EvaluationReport(protocol, users, items, TimeProvider.System.GetElapsedTime(start).TotalSeconds)
        {
            Metrics = Mean([.. results.Select(result => result.Pipeline.Means)]),
            Stages = results[0].Stages.Keys.ToDictionary(stage => stage, stage => Mean([.. results.Select(result => result.Stages[stage].Means)])),
            Spread = results.Count > 1 ? Deviation([.. results.Select(result => result.Pipeline.Means)]) : new Dictionary<string, double>(),
            Seeds = results.Count,
        };
    }

    private static async Task<TrainingResult> RunAsync(
        EvaluationTask task, TrainingPipeline pipeline, StageClock clock, PipelineOptions asked, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-benchmark-").FullName;
        try
        {
            await using var store = FeatureRepository.Open(
                "mlkit", Path.Combine(folder, "registry.db"), Path.Combine(folder, "offline"), null, TimeProvider.System);
            var cut = TuningCut.Of(task, asked.Ranker.Seed);
            var features = await clock.RunAsync("write_features", () => CaseFeatures.PrepareAsync(task, cut, store, cancellationToken));
            return await pipeline.RunAsync(task, cut, features, asked, Checkpoint.None, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyDictionary<string, double> Mean(IReadOnlyList<IReadOnlyDictionary<string, double>> all) =>
        all[0].Keys.ToDictionary(name => name, name => all.Average(one => one[name]));

    private static Dictionary<string, double> Deviation(IReadOnlyList<IReadOnlyDictionary<string, double>> all)
    {
        var mean = Mean(all);
        return mean.Keys.ToDictionary(name => name, name => Math.Sqrt(all.Average(one => Math.Pow(one[name] - mean[name], 2))));
    }
}
