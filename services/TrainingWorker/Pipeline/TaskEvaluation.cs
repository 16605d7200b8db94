using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Judges models on the evaluation task by full ranking: all unseen items compete.</summary>
internal sealed class TaskEvaluation(RankingTask task, RetrievalModel model)
{
    private const int NeverFound = int.MaxValue;

    /// <summary>Users with a positive.</summary>
    public int[] Users { get; } = [.. Enumerable.Range(0, task.Positives.Length).Where(user => task.Positives[user].Length > 0)];

    /// <summary>Number of users per item, nothing else.</summary>
    public EvaluationResult Popularity()
    {
        var counts = task.Histories.ItemCounts();
        var scores = Array.ConvertAll(model.Items.DataIndex, item => (float)counts[item]);
        return Evaluate((_, _) => scores);
    }

    /// <summary>EASE without recency and transitions.</summary>
    public EvaluationResult EaseAlone()
    {
        var plain = model.With(model.Options with { EaseHalfLife = double.PositiveInfinity, TransitionWeight = 0 });
        return Evaluate((history, _) => plain.Score(history).Total);
    }

    /// <summary>The retrieval model as it is served.</summary>
    public EvaluationResult Retrieval() => Evaluate((history, _) => model.Score(history).Total);

    /// <summary>Candidates in the order of the ranking model, everything else behind them as retrieval has it.</summary>
    public EvaluationResult Ranked(IReadOnlyList<RankedUser> users, TreeEnsemble trees)
    {
        var ranks = new int[users.Count];
        Parallel.For(0, users.Count, at =>
        {
            var one = users[at];
            var scores = new float[one.Items.Length];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = trees.Score(one.Rows.AsSpan(i * RankingRow.Width, RankingRow.Width));
            }

            var place = Array.IndexOf(one.Items, task.Positives[one.User][0]);
            ranks[at] = place >= 0 ? RankingMetrics.Rank(scores, place) : NeverFound;
        });
        return EvaluationResult.Of(ranks);
    }

    private EvaluationResult Evaluate(Func<Interaction[], int, float[]> score)
    {
        var ranks = new int[Users.Length];
        Parallel.For(0, Users.Length, at =>
        {
            var history = task.Histories[Users[at]].ToArray();
            var seen = CandidateList.Seen(model, history);
            var positive = model.Items.ModelIndex(task.Positives[Users[at]][0]);
            ranks[at] = positive >= 0 ? RankingMetrics.Rank(score(history, at), positive, i => !seen[i]) : NeverFound;
        });
        return EvaluationResult.Of(ranks);
    }
}
