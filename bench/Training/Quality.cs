using System.Globalization;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;

namespace MlKit.Bench.Training;

/// <summary>What each part of the retrieval model reaches alone, with its default parameters.</summary>
internal static class Quality
{
    public static int Run(EvaluationTask task)
    {
        var options = new RetrievalOptions();
        var trainer = RetrievalTrainer.Of(task.Training, options.MaxItems);
        var evaluator = new Evaluator(trainer.Items, task.Competes);
        foreach (var name in ComponentNames.All)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            var only = new Dictionary<string, double> { [name] = 1 };
            var model = trainer.Train(options).WithWeights(only);
            var trained = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
            var result = evaluator.Evaluate(task.Cases, model.NewScores, (one, scores) =>
            {
                model.Score(one.History, scores);
                return scores.Total;
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-12} HR@10 {result.HitRateAt10:0.0000}  NDCG@10 {result.NdcgAt10:0.0000}  train {trained:0.0} s"));
        }

        return 0;
    }
}
