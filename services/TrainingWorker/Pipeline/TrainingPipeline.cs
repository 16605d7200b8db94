using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Tunes and trains retrieval, trains the ranking model on point-in-time features, judges both on the held-out
/// events, and trains retrieval once more on everything for serving.
/// </summary>
internal sealed partial class TrainingPipeline(StageClock clock, ILogger<TrainingPipeline> logger)
{
    private const int Candidates = 100;
    private const int MostRankingUsers = 1_000;
    private const int RowsPerLeafShare = 500;

    public async Task<TrainingResult> RunAsync(
        TrainingPlan plan, IPointInTimeFeatures features, RankerOptions rankerOptions, CancellationToken cancellationToken)
    {
        var (tuned, ndcg) = clock.Run("tune_retrieval", () => RetrievalTuner.Tune(plan.Training, cancellationToken));
        LogTuned(logger, tuned.Options.Lambda, tuned.Options.EaseHalfLife, tuned.Options.TransitionWeight, ndcg);

        var set = await clock.RunAsync("build_training_set", async () => RankingSetBuilder.ToSet(
            await RankingSetBuilder.BuildAsync(plan.Training, tuned, RankingUsers(plan.Training), Candidates, features, cancellationToken),
            plan.Training));
        if (set.Rows == 0)
        {
            throw new Recommendation.Data.DataFormatException(
                plan.Data.Name, "gives the ranking model nothing to learn: no held-out item is among anyone's candidates");
        }

        var options = rankerOptions with { RowsPerLeaf = Math.Clamp(set.Rows / RowsPerLeafShare, 1, rankerOptions.RowsPerLeaf) };
        var ranker = clock.Run("train_ranker", () => RankerTrainer.Train(set, options));
        if (ranker.Fallback is { } fallback)
        {
            LogFallback(logger, fallback.Reason, fallback.Remedy);
        }

        var stages = await EvaluateAsync(plan, tuned.Options, ranker, features, cancellationToken);
        var final = clock.Run("train_retrieval", () => RetrievalTrainer.Train(plan.All, tuned.Options, cancellationToken));
        return new TrainingResult(final, ranker, options, stages, set.Rows, ndcg);
    }

    private async Task<Dictionary<string, EvaluationResult>> EvaluateAsync(
        TrainingPlan plan, RetrievalOptions options, RankerModel ranker, IPointInTimeFeatures features, CancellationToken cancellationToken)
    {
        var model = clock.Run("train_retrieval", () => RetrievalTrainer.Train(plan.Test.Histories, options, cancellationToken));
        var evaluation = new TaskEvaluation(plan.Test, model);
        var users = await clock.RunAsync("build_evaluation_set", () =>
            RankingSetBuilder.BuildAsync(plan.Test, model, evaluation.Users, Candidates, features, cancellationToken));
        return clock.Run("evaluate", () => new Dictionary<string, EvaluationResult>
        {
            [TrainingResult.PopularityStage] = evaluation.Popularity(),
            [TrainingResult.EaseStage] = evaluation.EaseAlone(),
            [TrainingResult.RetrievalStage] = evaluation.Retrieval(),
            [TrainingResult.PipelineStage] = evaluation.Ranked(users, ranker.Trees),
        });
    }

    /// <summary>Evenly spread users with positives: enough to learn from, in bounded time.</summary>
    private static int[] RankingUsers(RankingTask task)
    {
        int[] all = [.. Enumerable.Range(0, task.Positives.Length).Where(user => task.Positives[user].Length > 0)];
        var step = (all.Length + MostRankingUsers - 1) / MostRankingUsers;
        return [.. all.Where((_, at) => at % step == 0)];
    }

    [LoggerMessage(LogLevel.Information,
        "Retrieval parameters: lambda {Lambda}, half-life {HalfLife} events, transitions {Transitions} (NDCG@10 {Ndcg:0.0000} on the training cut)")]
    private static partial void LogTuned(ILogger logger, double lambda, double halfLife, double transitions, double ndcg);

    [LoggerMessage(LogLevel.Warning,
        "LightGBM's native library does not load ({Reason}); the ranking model is trained with FastTree instead. To use LightGBM: {Remedy}")]
    private static partial void LogFallback(ILogger logger, string reason, string remedy);
}
