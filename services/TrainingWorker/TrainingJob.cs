using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.TrainingWorker.Features;
using MlKit.TrainingWorker.Pipeline;
using MlKit.TrainingWorker.Registry;

namespace MlKit.TrainingWorker;

/// <summary>One run of the job, from data to a promoted pair of models.</summary>
internal sealed partial class TrainingJob(
    TrainingOptions options, MlflowClient mlflow, ModelRegistry registry, TrainingPipeline pipeline, StageClock clock,
    TimeProvider time, ILogger<TrainingJob> logger)
{
    /// <summary>Runs the job and returns the process' exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var data = clock.Run("load", () => DataSource.Read(options.DataPath, options.Columns, cancellationToken));
        LogData(logger, data.Name, data.Interactions.Length, data.UserIds.Length, data.ItemIds.Length);
        await using var features = FeatureRepository.Open(options.Project, options.Registry, options.Offline, options.Redis, time);

        var identity = TrainingIdentity.Of(data, options);
        var champion = await registry.FindChampionAsync(cancellationToken);
        var reason = WhyTrain(champion, identity);
        if (reason is null)
        {
            await EnsureOnlineAsync(features, data, cancellationToken);
            LogCurrent(logger, champion!.ToString());
            return ExitCode.Done;
        }

        LogTraining(logger, reason);
        return await TrainAsync(data, features, identity, champion, cancellationToken);
    }

    private string? WhyTrain(Champion? champion, TrainingIdentity identity) =>
        champion is null ? "there is no champion"
        : !champion.IsPair ? "the champions of retrieval and ranking come from different runs"
        : options.Force ? "MLKIT__TRAINING__FORCE asks for it"
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
        var snapshots = clock.Run("features", () => FeatureSnapshots.Take(data, new long[data.UserIds.Length][].Select(_ => Array.Empty<long>()).ToArray()));
        await clock.RunAsync("write_features", () => features.WriteAsync(data, snapshots, cancellationToken));
        var rows = await clock.RunAsync("materialize", () => features.MaterializeAsync(data, overwrite, cancellationToken));
        LogMaterialized(logger, rows);
    }

    private async Task<int> TrainAsync(
        DataSet data, FeatureRepository features, TrainingIdentity identity, Champion? champion, CancellationToken cancellationToken)
    {
        var experiment = await mlflow.GetOrCreateExperimentAsync(options.Experiment, cancellationToken);
        var run = await mlflow.CreateRunAsync(experiment.ExperimentId, $"train-{data.Fingerprint[..8]}", identity.ToTags(), cancellationToken);
        try
        {
            await mlflow.LogBatchAsync(run.Info.RunId, parameters: RunLog.DataParams(data), cancellationToken: cancellationToken);
            var otherData = champion?.Identity.Fingerprint != identity.Fingerprint;
            var task = ProtocolSplitter.Split(data, Protocol.LatestOut, options.Seed);
            var cut = TuningCut.Of(task, options.Seed);
            var prepared = await clock.RunAsync("write_features", () => CaseFeatures.PrepareAsync(task, cut, features, cancellationToken));
            var ranker = new RankerOptions { Kind = options.Ranker, Seed = options.Seed };
            var result = await pipeline.RunAsync(task, cut, prepared, ranker, cancellationToken);
            var decision = PromotionGate.Check(result.Pipeline, result.Popularity, null);
            await FillAsync(features, data, otherData, cancellationToken);
            var pair = await clock.RunAsync("register", () => LogAsync(run, data, result, identity, decision, cancellationToken));
            return await FinishAsync(run, pair, decision, cancellationToken);
        }
        catch (Exception error)
        {
            await TryEndAsync(run, error);
            throw;
        }
    }

    private async Task<Champion> LogAsync(
        Run run, DataSet data, TrainingResult result, TrainingIdentity identity, GateDecision decision, CancellationToken cancellationToken)
    {
        LogMetrics(logger, result.Pipeline.HitRateAt10, result.Pipeline.NdcgAt10, result.Popularity.HitRateAt10, result.Popularity.NdcgAt10);
        var gate = decision.Passed ? "passed" : string.Join("; ", decision.Reasons);
        await mlflow.LogBatchAsync(
            run.Info.RunId,
            RunLog.Metrics(result, clock.Durations, time.GetUtcNow().ToUnixTimeMilliseconds()),
            RunLog.ModelParams(result),
            [new Tag(RunLog.RankerTag, RunLog.Name(result)), new Tag(RunLog.GateTag, gate)],
            cancellationToken);
        return await registry.RegisterAsync(run, data, result, identity, cancellationToken);
    }

    private async Task<int> FinishAsync(Run run, Champion pair, GateDecision decision, CancellationToken cancellationToken)
    {
        if (decision.Passed)
        {
            await registry.PromoteAsync(pair, cancellationToken);
            LogPromoted(logger, pair.ToString());
        }
        else
        {
            LogRefused(logger, pair.ToString(), string.Join("; ", decision.Reasons));
        }

        await mlflow.UpdateRunAsync(run.Info.RunId, RunStatus.Finished, cancellationToken: cancellationToken);
        return decision.Passed ? ExitCode.Done : ExitCode.GateRefused;
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

    [LoggerMessage(LogLevel.Information, "Champion is current, no training: {Champion}")]
    private static partial void LogCurrent(ILogger logger, string champion);

    [LoggerMessage(LogLevel.Information, "Training, because {Reason}")]
    private static partial void LogTraining(ILogger logger, string reason);

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
}
