using System.Numerics.Tensors;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Metrics of every part of the retrieval model alone and of its blends, from one pass over the cases.</summary>
internal static class StageEvaluation
{
    public static Dictionary<string, EvaluationResult> Of(
        RetrievalModel model, IReadOnlyDictionary<string, double> orderFree, Evaluator evaluator, IReadOnlyList<RankingCase> cases,
        CancellationToken cancellationToken)
    {
        string[] stages = [.. model.Components.Select(part => part.Name), TrainingResult.OrderFreeStage, TrainingResult.RetrievalStage];
        var metrics = Array.ConvertAll(stages, _ => new UserMetrics[cases.Count]);
        float[] weights = [.. model.Components.Select(part => (float)orderFree.GetValueOrDefault(part.Name))];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, cases.Count, options, () => (Scores: model.NewScores(), Free: new float[model.Items.Count]), (at, _, local) =>
        {
            model.Score(cases[at].History, local.Scores);
            local.Free.AsSpan().Clear();
            for (var c = 0; c < weights.Length; c++)
            {
                TensorPrimitives.MultiplyAdd(local.Scores.Components[c], weights[c], local.Free, local.Free);
                metrics[c][at] = Metrics(evaluator, cases[at], local.Scores.Components[c]);
            }

            metrics[^2][at] = Metrics(evaluator, cases[at], local.Free);
            metrics[^1][at] = Metrics(evaluator, cases[at], local.Scores.Total);
            return local;
        }, _ => { });
        return stages.Zip(metrics).ToDictionary(pair => pair.First, pair => new EvaluationResult(pair.Second));
    }

    private static UserMetrics Metrics(Evaluator evaluator, RankingCase one, float[] scores) =>
        UserMetrics.Of(one.User, evaluator.Ranks(one, scores));
}
