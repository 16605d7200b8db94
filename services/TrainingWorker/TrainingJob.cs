using System.Diagnostics;
using MlKit.Features;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Gates;
using MlKit.Recommendation.Onnx;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Judging;
using MlKit.TrainingWorker.Pipeline;
using MlKit.TrainingWorker.Registry;
using MlKit.TrainingWorker.Reports;

namespace MlKit.TrainingWorker;

/// <summary>One run of the job, from data to a promoted pair of models.</summary>
internal sealed partial class TrainingJob(
    TrainingOptions options, MlflowClient mlflow, ModelRegistry registry, PackageUploader uploader, TrainingPipeline pipeline,
    PrepareFeatures prepare, GateSigningKey gateKey, StageClock clock, TimeProvider time, ILogger<TrainingJob> logger)
{
    /// <summary>Runs the job and returns the process' exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var source = await DataSource.FetchAsync(options, cancellationToken);
        var data = clock.Run("load", () => source.Read(options, cancellationToken));
        LogData(logger, data.Name, data.Interactions.Length, data.UserIds.Length, data.ItemIds.Length);
        foreach (var (reason, count) in data.Dropped)
        {
            LogDropped(logger, count, reason);
        }

        await using var features = FeatureRepository.Open(options.Project, options.Registry, options.Offline, options.Redis, time, options.S3);
        var identity = TrainingIdentity.Of(data, options, gateKey.KeyId);
        var champion = await registry.FindChampionAsync(cancellationToken);
        var reasonToTrain = WhyTrain(champion, identity);
        if (reasonToTrain is null)
        {
            await EnsureOnlineAsync(features, data, cancellationToken);
            LogCurrent(logger, champion!.ToString());
            return ExitCode.Done;
        }

        if (TrainingPackage.FindIn(Outbox, identity.ToTags()) is { } waiting)
        {
            LogWaiting(logger, waiting);
            await EnsureOnlineAsync(features, data, cancellationToken);
            return await SendAsync(waiting, cancellationToken);
        }

        LogTraining(logger, reasonToTrain);
        return await TrainAsync(data, features, identity, champion, cancellationToken);
    }

    private string Outbox => Path.Combine(options.State, "outbox");

    private string? WhyTrain(Champion? champion, TrainingIdentity identity) =>
        champion is null ? "there is no champion"
        : !champion.IsPair ? "the champions of retrieval and ranking come from different runs"
        : options.Force ? "MLKIT__TRAINING__FORCE asks for it"
        : champion.IsStale(time.GetUtcNow()) ? "the champion's gate documents are about to expire"
        : identity.ChangeSince(champion.Identity);

    /// <summary>The store may have been emptied since the training; the API is useless without it.</summary>
    private async Task EnsureOnlineAsync(FeatureRepository features, DataSet data, CancellationToken cancellationToken)
    {
        if (await features.IsOnlineAsync(data, cancellationToken))
        {
            return;
        }

        LogEmpty(logger);
        await FillAsync(features, data, overwrite: false, cancellationToken);
    }

    /// <summary>Everything that is known now, for the online store and for whoever reads the files.</summary>
    private async Task FillAsync(FeatureRepository features, DataSet data, bool overwrite, CancellationToken cancellationToken)
    {
        var snapshots = clock.Run("features", () => FeatureSnapshots.Take(data, Array.ConvertAll(data.UserIds, _ => Array.Empty<long>())));
        await clock.RunAsync("write_features", () => features.WriteAsync(data, snapshots, cancellationToken));
        var rows = await clock.RunAsync("materialize", () => features.MaterializeAsync(data, overwrite, cancellationToken));
        LogMaterialized(logger, rows);
    }

    private async Task<int> TrainAsync(
        DataSet data, FeatureRepository features, TrainingIdentity identity, Champion? champion, CancellationToken cancellationToken)
    {
        var experiment = await mlflow.GetOrCreateExperimentAsync(options.Experiment, cancellationToken);
        var name = $"train-{data.Fingerprint[..8]}";
        var checkpoint = new Checkpoint(Path.Combine(options.State, "checkpoint", identity.Key));
        var run = await BeginAsync(experiment, name, identity, checkpoint, cancellationToken);
        try
        {
            // Asked for now: when the models are trained, a server that has gone must cost nothing but the upload.
            var rival = champion is null ? null : await registry.FindCasesAsync(champion, cancellationToken);
            var task = ProtocolSplitter.Split(data, Protocol.LatestOut, options.Seed);
            var cut = TuningCut.Of(task, options.Seed);
            var prepared = await clock.RunAsync("write_features", () => prepare(task, cut, features, cancellationToken));
            var leak = await clock.RunAsync("leak_check", () => FindLeakAsync(task, cut, prepared, features, cancellationToken));
            var asked = new PipelineOptions(new RankerOptions { Kind = options.Ranker, Seed = options.Seed }, options.Trials);
            var result = await pipeline.RunAsync(task, cut, prepared, asked, checkpoint, cancellationToken);
            var made = clock.Run("train_retrieval", () => Export(data, result, cancellationToken));
            var gates = await clock.RunAsync("judge", () => Task.Run(() => Judge(task, result, made, features, leak, rival), cancellationToken));
            await FillAsync(features, data, champion?.Identity.Fingerprint != identity.Fingerprint, cancellationToken);
            var folder = Pack(run, name, data, task, result, made, gates, identity);

            // From here on the folder is what a next start goes on from.
            checkpoint.Delete();
            return await SendAsync(folder, cancellationToken);
        }
        catch (Exception error)
        {
            await TryEndAsync(run, error);
            throw;
        }
    }

    /// <summary>A new run, or the one of a training that was stopped and is taken up again.</summary>
    private async Task<Run> BeginAsync(
        Experiment experiment, string name, TrainingIdentity identity, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint.Read<Begun>(nameof(Begun)) is { } begun)
        {
            try
            {
                await mlflow.UpdateRunAsync(begun.RunId, RunStatus.Running, cancellationToken: cancellationToken);
                LogResumed(logger, begun.RunId);
                return await mlflow.GetRunAsync(begun.RunId, cancellationToken);
            }
            catch (MlflowException error) when (error.IsMissing)
            {
                // Another server, or an emptied one: the rest of the training goes to a run of its own.
            }
        }

        var run = await mlflow.CreateRunAsync(experiment.ExperimentId, name, identity.ToTags(), cancellationToken);
        checkpoint.Write(nameof(Begun), new Begun(run.Info.RunId));
        return run;
    }

    /// <summary>What the features know of the future: first of how they were computed, then of how the store joins them.</summary>
    private static async Task<string?> FindLeakAsync(
        EvaluationTask task, TuningCut cut, IPointInTimeFeatures prepared, FeatureRepository features, CancellationToken cancellationToken) =>
        await LeakCheck.FindAsync(task, cut, prepared, cancellationToken)
        ?? (task.HasClock ? await features.FindLeakAsync(task.Training.Data, LeakCheck.Sampled(task, cut), cancellationToken) : null);

    /// <summary>Retrieval once more on everything that is known; the ranking model stays as it was judged.</summary>
    private static TrainingArtifacts Export(DataSet data, TrainingResult result, CancellationToken cancellationToken)
    {
        var final = RetrievalTrainer.Train(UserHistories.Of(data), result.Tuned.Options, cancellationToken);
        return new TrainingArtifacts(
            final, RetrievalOnnx.Write(final, data), RankerOnnx.Write(result.Ranker.Trees, result.Schema.Names, result.Schema.Hash, KeyValuePair.Create(ViewSchemas.MetadataKey, ViewSchemas.Text)),
            result.Ranker.Zip, data.ItemIds);
    }

    private IReadOnlyList<GateReport> Judge(
        EvaluationTask task, TrainingResult result, TrainingArtifacts made, FeatureRepository features, string? leak, string? rival)
    {
        var export = ExportProbe.Look(made, result, task.Cases);
        var served = ServedSchema.Of(export.Columns, features.Registered);
        return GateRunner.Run(
            new GateContext
            {
                Candidate = result.Pipeline,
                Popularity = result.Popularity,
                Champion = rival is null ? null : CaseResults.Match(task, rival),
                Slices = Slices.Of(task),
                NotFinite = export.NotFinite,
                RetrievalDifference = export.RetrievalDifference,
                RankingDifference = export.RankingDifference,
                LatencyMs = export.LatencyMs,
                LatencyBudgetMs = options.LatencyBudgetMs,
                SchemaHash = export.SchemaHash,
                KnownSchemas = [served.Hash],
                SchemaFaults = served.Faults,
                Leak = leak,
            },
            typeof(DefaultGates));
    }

    /// <summary>Writes all that the server must get to the state folder; from here on nothing can be lost.</summary>
    private string Pack(
        Run run, string name, DataSet data, EvaluationTask task, TrainingResult result, TrainingArtifacts made,
        IReadOnlyList<GateReport> gates, TrainingIdentity identity)
    {
        LogMetrics(logger, result.Pipeline.HitRateAt10, result.Pipeline.NdcgAt10, result.Popularity.HitRateAt10, result.Popularity.NdcgAt10);
        var findings = PackageBuilder.Findings(gates);
        var refused = string.Join("; ", findings.Where(gate => !gate.Passed).Select(gate => $"{gate.Name}: {gate.Detail}"));
        var package = new TrainingPackage
        {
            Experiment = options.Experiment,
            RunName = name,
            RunId = run.Info.RunId,
            Params = [.. RunLog.DataParams(data), .. RunLog.ModelParams(result)],
            Metrics =
            [
                .. RunLog.Metrics(result, clock.Durations, time.GetUtcNow().ToUnixTimeMilliseconds()),
                new Metric("peak_memory_mb", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, time.GetUtcNow().ToUnixTimeMilliseconds()),
            ],
            Tags = [.. identity.ToTags(), new Tag(RunLog.RankerTag, RunLog.Name(result)), new Tag(RunLog.GateTag, refused.Length == 0 ? "passed" : refused)],
            VersionTags = [.. identity.ToTags(), .. Champion.MetricTags(result.Pipeline), new Tag(RunLog.GateTag, refused.Length == 0 ? "passed" : refused)],
            Gates = findings,
            Models = PackageBuilder.Models(data, result),
            Trials = RunLog.Trials(result, time.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        var folder = Path.Combine(Outbox, run.Info.RunId);
        package.Write(folder, RunReport.Of(task, result, Slices.Of(task), gates), PackageBuilder.ModelFiles(made));
        return folder;
    }

    private async Task<int> SendAsync(string folder, CancellationToken cancellationToken)
    {
        TrainingPackage sent;
        try
        {
            sent = await clock.RunAsync("register", () => uploader.UploadAsync(folder, cancellationToken));
        }
        catch (MlflowException error)
        {
            throw new InvalidOperationException(
                $"the tracking server does not take the training ({error.Message}); it is kept in {folder}. When the server is back: "
                + $"dotnet run --project services/TrainingWorker -- upload --from {folder}", error);
        }

        var pair = string.Join(" and ", sent.Models.Reverse().Select(model => $"{model.Name} {model.Version}"));
        if (sent.Passed)
        {
            LogPromoted(logger, pair);
            return ExitCode.Done;
        }

        LogRefused(logger, pair, string.Join("; ", sent.Gates.Where(gate => !gate.Passed).Select(gate => $"{gate.Name}: {gate.Detail}")));
        return ExitCode.GateRefused;
    }

    /// <summary>The failure itself is what the caller must see, not one of this mark.</summary>
    private async Task TryEndAsync(Run run, Exception error)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);
        try
        {
            var status = error is OperationCanceledException ? RunStatus.Killed : RunStatus.Failed;
            await mlflow.UpdateRunAsync(run.Info.RunId, status, cancellationToken: patience.Token);
        }
        catch (Exception mark) when (mark is MlflowException or OperationCanceledException)
        {
            LogNotMarked(logger, run.Info.RunId, mark.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Data {Name}: {Interactions} interactions of {Users} users with {Items} items")]
    private static partial void LogData(ILogger logger, string name, int interactions, int users, int items);

    [LoggerMessage(LogLevel.Warning, "Left out {Count} rows: {Reason}")]
    private static partial void LogDropped(ILogger logger, long count, string reason);

    [LoggerMessage(LogLevel.Information, "Champion is current, no training: {Champion}")]
    private static partial void LogCurrent(ILogger logger, string champion);

    [LoggerMessage(LogLevel.Information, "Training, because {Reason}")]
    private static partial void LogTraining(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Taking up run {RunId}, which was stopped before its end")]
    private static partial void LogResumed(ILogger logger, string runId);

    [LoggerMessage(LogLevel.Information, "This training was done before and waits in {Folder}; sending it")]
    private static partial void LogWaiting(ILogger logger, string folder);

    [LoggerMessage(LogLevel.Information, "The online store lacks the features of this data; filling it")]
    private static partial void LogEmpty(ILogger logger);

    [LoggerMessage(LogLevel.Information, "Materialized {Rows} rows to the online store")]
    private static partial void LogMaterialized(ILogger logger, int rows);

    [LoggerMessage(LogLevel.Information,
        "Latest-out, full ranking: HR@10 {HitRate:0.0000}, NDCG@10 {Ndcg:0.0000} (popularity {PopularityHitRate:0.0000}, {PopularityNdcg:0.0000})")]
    private static partial void LogMetrics(ILogger logger, double hitRate, double ndcg, double popularityHitRate, double popularityNdcg);

    [LoggerMessage(LogLevel.Information, "Promoted to champion: {Pair}")]
    private static partial void LogPromoted(ILogger logger, string pair);

    [LoggerMessage(LogLevel.Error, "The gate refuses {Pair}; the champion stays: {Reasons}")]
    private static partial void LogRefused(ILogger logger, string pair, string reasons);

    [LoggerMessage(LogLevel.Warning, "Run {RunId} could not be marked as ended: {Reason}")]
    private static partial void LogNotMarked(ILogger logger, string runId, string reason);

    /// <summary>The run that a training was begun with.</summary>
    private sealed record Begun(string RunId);
}
