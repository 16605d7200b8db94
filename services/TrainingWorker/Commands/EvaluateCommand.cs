using MlKit.Features;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Judging;
using MlKit.TrainingWorker.Pipeline;
using MlKit.TrainingWorker.Registry;

namespace MlKit.TrainingWorker.Commands;

/// <summary>
/// <c>evaluate --model models:/NAME@ALIAS --data PATH --protocol NAME [--json]</c>: judges registered models as they are
/// served, from their ONNX files. A ranking model is judged with the retrieval model of its run.
/// </summary>
internal static class EvaluateCommand
{
    private const int Candidates = 200;
    private const float Masked = -1e38f;

    private static readonly string Usage =
        $"evaluate takes --model models:/NAME@ALIAS --data PATH --protocol {ProtocolNames.Allowed.Replace(", ", "|", StringComparison.Ordinal)} [--lenient] [--json]";

    public static Task<int> RunAsync(string[] args) => StandaloneCommand.RunAsync(Usage, async cancellationToken =>
    {
        var line = CommandLine.Parse(args, ["--model", "--data", "--protocol"], ["--json", "--lenient"]);
        var (model, path) = (line.Need("--model"), Path.GetFullPath(line.Need("--data")));
        var protocol = StandaloneCommand.Protocol(line.Need("--protocol"));
        var start = TimeProvider.System.GetTimestamp();
        var task = ProtocolSplitter.Read(path, protocol, new DataReadOptions { Lenient = line.Has("--lenient") }, 1, cancellationToken);
        StandaloneCommand.WarnOfDropped(task.Training.Data);
        using var host = TrainingProgram.Build([]);
        var (retrieval, ranker) = await LoadAsync(host.Services.GetRequiredService<MlflowClient>(), model, cancellationToken);
        using (retrieval)
        using (ranker)
        {
            var result = await JudgeAsync(task, retrieval, ranker, cancellationToken);
            new EvaluationReport(
                protocol, task.Cases.Count, task.Competes?.Count(one => one) ?? task.Training.Data.ItemIds.Length,
                TimeProvider.System.GetElapsedTime(start).TotalSeconds)
            { Metrics = result.Means }.Print(line.Has("--json"));
        }

        return ExitCode.Done;
    });

    private static async Task<(OnnxRetrieval Retrieval, OnnxRanker? Ranker)> LoadAsync(
        MlflowClient mlflow, string model, CancellationToken cancellationToken)
    {
        if (!ModelUri.TryParse(model, out _))
        {
            throw new InvalidOperationException($"--model is '{model}'; allowed is models:/NAME@ALIAS, models:/NAME/VERSION or models:/MODEL_ID");
        }

        var onnx = await DownloadAsync(mlflow, model, cancellationToken);
        var version = await mlflow.ResolveModelVersionAsync(model, cancellationToken);
        if (version is null || version.Name != ModelNames.Ranker)
        {
            return (new OnnxRetrieval(onnx), null);
        }

        var partners = await mlflow.SearchModelVersionsAsync($"name = '{ModelNames.Retrieval}' and run_id = '{version.RunId}'", cancellationToken: cancellationToken);
        return partners.Items is [var partner, ..]
            ? (new OnnxRetrieval(await DownloadAsync(mlflow, $"models:/{partner.Name}/{partner.Version}", cancellationToken)), new OnnxRanker(onnx))
            : throw new InvalidOperationException($"the run of {model} registered no {ModelNames.Retrieval}; a ranking model is judged with the candidates of its own run");
    }

    private static async Task<byte[]> DownloadAsync(MlflowClient mlflow, string model, CancellationToken cancellationToken)
    {
        await using var stream = await mlflow.DownloadAsync(model, "model.onnx", cancellationToken);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    private static async Task<EvaluationResult> JudgeAsync(
        EvaluationTask task, OnnxRetrieval retrieval, OnnxRanker? ranker, CancellationToken cancellationToken)
    {
        var data = task.Training.Data;
        var index = data.ItemIds.Select((id, at) => (id, at)).ToDictionary(pair => pair.id, pair => pair.at, StringComparer.Ordinal);
        var folder = Directory.CreateTempSubdirectory("mlkit-evaluate-").FullName;
        try
        {
            await using var store = FeatureRepository.Open(
                "mlkit", Path.Combine(folder, "registry.db"), Path.Combine(folder, "offline"), null, TimeProvider.System);
            var none = new TuningCut { Training = task.Training, Tuning = [], Learning = [] };
            var features = ranker is null ? new HistoryFeatures(data) : await CaseFeatures.PrepareAsync(task, none, store, cancellationToken);
            var metrics = new List<UserMetrics>(task.Cases.Count);
            foreach (var some in task.Cases.Chunk(512))
            {
                var found = some.AsParallel().AsOrdered().Select(one => Find(task, one, retrieval, index, ranker is null || one.Candidates is not null)).ToArray();
                metrics.AddRange(ranker is null
                    ? some.Zip(found, (one, list) => Metrics(one, list, [.. list.Select(candidate => candidate.Score)], index))
                    : await RankAsync(some, found, retrieval, ranker, features, index, cancellationToken));
            }

            return new EvaluationResult(metrics);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Unseen items, best first, of those that compete: all of them, or as many as serving asks for.</summary>
    private static Candidate[] Find(EvaluationTask task, RankingCase one, OnnxRetrieval retrieval, Dictionary<string, int> index, bool all)
    {
        string[] history = [.. one.History.Reverse().Select(e => task.Training.Data.ItemIds[e.Item])];
        var given = one.Candidates?.ToHashSet();
        return [.. retrieval.Find(history, all ? int.MaxValue : Candidates).Where(candidate =>
            candidate.Score > Masked && index.TryGetValue(candidate.ItemId, out var item)
            && (given is null ? task.Competes?[item] != false : given.Contains(item)))];
    }

    private static async Task<IEnumerable<UserMetrics>> RankAsync(
        RankingCase[] cases, Candidate[][] found, OnnxRetrieval retrieval, OnnxRanker ranker, IPointInTimeFeatures features,
        Dictionary<string, int> index, CancellationToken cancellationToken)
    {
        found = [.. found.Select(list => list.Take(Candidates).ToArray())];
        var users = await features.UsersAsync(cases, cancellationToken);
        var items = await features.ItemsAsync(cases, [.. found.Select(list => list.Select(candidate => index[candidate.ItemId]).ToArray())], cancellationToken);
        return cases.Select((one, at) =>
        {
            var byId = found[at].Zip(items[at]).ToDictionary(pair => pair.First.ItemId, pair => pair.Second, StringComparer.Ordinal);
            var rows = RankingRow.Build(ranker.Schema, retrieval.Components, users[at], found[at], byId.GetValueOrDefault);
            return Metrics(one, found[at], ranker.Score(rows), index);
        });
    }

    private static UserMetrics Metrics(RankingCase one, Candidate[] list, float[] scores, Dictionary<string, int> index)
    {
        var place = list.Select((candidate, at) => (Item: index[candidate.ItemId], at)).ToDictionary(pair => pair.Item, pair => pair.at);
        return UserMetrics.Of(one.User, Array.ConvertAll(one.Positives, item =>
            place.TryGetValue(item, out var at) ? RankingMetrics.Rank(scores, at) : int.MaxValue));
    }
}
