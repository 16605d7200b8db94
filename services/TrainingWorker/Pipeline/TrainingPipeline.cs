using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Tunes and trains retrieval, trains the ranking model on point-in-time features, and judges every stage on the cases
/// that the task holds out.
/// </summary>
internal sealed partial class TrainingPipeline(StageClock clock, ILogger<TrainingPipeline> logger)
{
    private const int Candidates = 200;
    private const int Negatives = 60;
    private const int LeastLearningCases = 4_000;
    private const int MostLearningCases = 10_000;
    private const int EventsPerLearningCase = 100;

    public async Task<TrainingResult> RunAsync(
        EvaluationTask task, TuningCut cut, IPointInTimeFeatures features, PipelineOptions asked, Checkpoint checkpoint,
        CancellationToken cancellationToken)
    {
        if (task.Cases.Count == 0 || cut.Learning.Count == 0)
        {
            throw new DataFormatException(
                task.Training.Data.Name, "has too little history to train on: at least two users need 4 or more different items each");
        }

        var (model, tuned) = Tune(task, cut, asked.Ranker.Seed, checkpoint, cancellationToken);
        LogTuned(logger, tuned.ToString(), tuned.Quality);
        var schema = RankingSchema.Of([.. model.Components.Select(part => part.Name)], task.HasClock, HasGenres(task));
        var builder = new RankingSetBuilder(model, new Evaluator(model.Items, task.Competes), schema, features);
        var set = await clock.RunAsync("build_training_set", () =>
            builder.TrainingSetAsync(Spread(cut.Learning, LearningCases(task)), Candidates, Negatives, asked.Ranker.Seed, cancellationToken));
        if (set.Rows == 0)
        {
            throw new DataFormatException(
                task.Training.Data.Name, "gives the ranking model nothing to learn: no held-out item is among anyone's candidates");
        }

        var tuning = await clock.RunAsync("build_tuning_set", () => builder.BuildAsync(cut.Tuning, Candidates, cancellationToken));

        // Who chooses the shape must not also say whether the outcome is any good, where that is in doubt.
        var (choosing, deciding) = task.InOrder ? (tuning, tuning) : ([.. tuning.Where((_, at) => at % 2 == 0)], tuning.Where((_, at) => at % 2 == 1).ToArray());
        var search = new RankerSearch(set, choosing, schema.Width, cancellationToken);
        var (ranker, options, curve, trials) = await clock.RunAsync(
            "train_ranker", () => Abandonable(() => search.Find(asked.Ranker, asked.Trials, checkpoint), cancellationToken));
        if (ranker.Fallback is { } fallback)
        {
            LogFallback(logger, fallback.Reason, fallback.Remedy);
        }

        var gain = OrderRule.Difference(ranker, deciding, schema.Width);
        LogGain(logger, gain.Mean, gain.Lower, gain.Upper, deciding.Length);
        if (OrderRule.KeepsRetrieval(gain, task.InOrder))
        {
            LogKept(logger);
            (ranker, schema) = (OrderKeeper.Make(Candidates), RankingSchema.Parse(OrderKeeper.Column));
            options = options with { Kind = ranker.Kind, Trees = ranker.Trees.Trees.Count, Leaves = Candidates };
        }

        var rows = set.Rows;
        (model, builder, set, tuning, choosing, deciding) = (null!, null!, null!, null!, null!, null!);
        var retrieval = clock.Run("train_retrieval", () => RetrievalTrainer.Train(task.Training, tuned.Options, cancellationToken));
        var (stages, lists) = await JudgeAsync(task, retrieval, tuned, ranker, schema, features, cancellationToken);
        return new TrainingResult
        {
            Retrieval = retrieval,
            Tuned = tuned,
            Ranker = ranker,
            RankerOptions = options,
            Schema = schema,
            LearningCurve = curve,
            Trials = trials,
            RankingRows = rows,
            Stages = stages,
            Lists = lists,
        };
    }

    private (RetrievalModel Model, TunedRetrieval Tuned) Tune(EvaluationTask task, TuningCut cut, int seed, Checkpoint checkpoint, CancellationToken cancellationToken) =>
        clock.Run("tune_retrieval", () =>
        {
            var start = new RetrievalOptions { Factors = new FactorOptions { Seed = seed, Alpha = 0.1 } };
            var trainer = RetrievalTrainer.Of(cut.Training, start.MaxItems, cancellationToken);
            var tuned = checkpoint.Resume("tuned", () =>
            {
                var board = new TuningBoard(cut, trainer, new Evaluator(trainer.Items, task.Competes), cancellationToken);
                return new RetrievalTuner(trainer, board, task.InOrder, checkpoint, cancellationToken).Tune(start, task.Training.Data.Interactions.Length);
            });
            return (trainer.Train(tuned.Options), tuned);
        });

    /// <summary>Native trainers cannot be stopped: who is told to end leaves them behind, and the process ends with them.</summary>
    private static Task<T> Abandonable<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken);

    private async Task<(Dictionary<string, EvaluationResult> Stages, int[][] Lists)> JudgeAsync(
        EvaluationTask task, RetrievalModel model, TunedRetrieval tuned, RankerModel ranker, RankingSchema schema,
        IPointInTimeFeatures features, CancellationToken cancellationToken)
    {
        var evaluator = new Evaluator(model.Items, task.Competes);
        var stages = clock.Run("evaluate_retrieval", () =>
            StageEvaluation.Of(model, tuned.OrderFreeWeights, evaluator, task.Cases, cancellationToken));
        var builder = new RankingSetBuilder(model, evaluator, schema, features);
        var metrics = new List<UserMetrics>(task.Cases.Count);
        var lists = new List<int[]>(task.Cases.Count);
        await clock.RunAsync("evaluate_pipeline", async () =>
        {
            const int portion = 1_024;
            foreach (var some in task.Cases.Chunk(portion))
            {
                var ranked = await builder.BuildAsync(some, Candidates, cancellationToken);
                var scores = ranked.AsParallel().AsOrdered().Select(one => Ranked.Scores(ranker.Trees, one, schema.Width)).ToArray();
                metrics.AddRange(ranked.Zip(scores, Ranked.Metrics));
                lists.AddRange(ranked.Zip(scores, Ranked.List));
            }
        });
        stages[TrainingResult.PipelineStage] = new EvaluationResult(metrics);
        return (stages, [.. lists]);
    }

    private static bool HasGenres(EvaluationTask task) => task.Training.Data.Items.Any(item => item.Genres.Count > 0);

    /// <summary>The time of a training grows with the data: few events give no more to learn by being asked often.</summary>
    private static int LearningCases(EvaluationTask task) =>
        Math.Clamp(task.Training.Data.Interactions.Length / EventsPerLearningCase, LeastLearningCases, MostLearningCases);

    /// <summary>Evenly spread cases: enough to learn from, in bounded time.</summary>
    private static RankingCase[] Spread(IReadOnlyList<RankingCase> cases, int most) =>
        cases.Count <= most ? [.. cases] : [.. Enumerable.Range(0, most).Select(i => cases[(int)((long)i * cases.Count / most)])];

    [LoggerMessage(LogLevel.Information, "Retrieval parameters: {Tuned} (quality {Quality:0.0000} on the tuning cut)")]
    private static partial void LogTuned(ILogger logger, string tuned, double quality);

    [LoggerMessage(LogLevel.Information, "The learned order changes NDCG@10 by {Mean:+0.0000;-0.0000} ({Lower:+0.0000;-0.0000} to {Upper:+0.0000;-0.0000}) on {Cases} tuning cases")]
    private static partial void LogGain(ILogger logger, double mean, double lower, double upper, int cases);

    [LoggerMessage(LogLevel.Information, "Retrieval's order is kept")]
    private static partial void LogKept(ILogger logger);

    [LoggerMessage(LogLevel.Warning,
        "LightGBM's native library does not load ({Reason}); the ranking model is trained with FastTree instead. To use LightGBM: {Remedy}")]
    private static partial void LogFallback(ILogger logger, string reason, string remedy);
}
