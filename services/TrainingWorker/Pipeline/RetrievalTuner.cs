using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Chooses the parameters of the retrieval model on the training task (never on what the evaluation holds out): first
/// lambda for EASE alone, then half-life and blend together. Ties prefer the earlier entry of a grid.
/// </summary>
internal static class RetrievalTuner
{
    private const int MostUsers = 1_000;

    private static readonly double[] Lambdas = [400, 200, 1_000];
    private static readonly double[] EaseHalfLives = [double.PositiveInfinity, 100, 50, 25, 10];
    private static readonly double[] TransitionWeights = [0.7, 0, 0.3, 1.5];

    /// <summary>The model trained with the parameters that scored best, and their score.</summary>
    public static (RetrievalModel Model, double Ndcg) Tune(RankingTask task, CancellationToken cancellationToken)
    {
        var users = Sample(task);
        var start = new RetrievalOptions { TransitionWeight = 0 };
        var best = (Model: RetrievalTrainer.Train(task.Histories, start with { Lambda = Lambdas[0] }, cancellationToken), Ndcg: double.NegativeInfinity);
        foreach (var lambda in Lambdas)
        {
            var model = lambda == Lambdas[0]
                ? best.Model
                : best.Model.WithEase(task.Histories, start with { Lambda = lambda }, cancellationToken);
            Consider(model, task, users, ref best);
        }

        foreach (var halfLife in EaseHalfLives)
        {
            foreach (var weight in TransitionWeights)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var options = best.Model.Options with { EaseHalfLife = halfLife, TransitionWeight = weight };
                Consider(best.Model.With(options), task, users, ref best);
            }
        }

        return best;
    }

    private static void Consider(RetrievalModel model, RankingTask task, int[] users, ref (RetrievalModel Model, double Ndcg) best)
    {
        var ndcg = Ndcg(model, task, users);
        if (ndcg > best.Ndcg)
        {
            best = (model, ndcg);
        }
    }

    /// <summary>Evenly spread users, so that the choice does not depend on a random number.</summary>
    private static int[] Sample(RankingTask task)
    {
        int[] all = [.. Enumerable.Range(0, task.Positives.Length).Where(user => task.Positives[user].Length > 0)];
        var step = Math.Max(1, all.Length / MostUsers);
        return [.. all.Where((_, at) => at % step == 0)];
    }

    /// <summary>Mean over users of the gain of the first positive within the first ten.</summary>
    private static double Ndcg(RetrievalModel model, RankingTask task, int[] users)
    {
        var gains = new double[users.Length];
        Parallel.For(0, users.Length, at =>
        {
            var history = task.Histories[users[at]];
            var scores = model.Score(history).Total;
            var seen = CandidateList.Seen(model, history);
            gains[at] = task.Positives[users[at]].Average(item =>
                model.Items.ModelIndex(item) is var index and >= 0
                    ? RankingMetrics.Gain(RankingMetrics.Rank(scores, index, i => !seen[i]), 10)
                    : 0);
        });
        return gains.Length == 0 ? 0 : gains.Average();
    }
}
