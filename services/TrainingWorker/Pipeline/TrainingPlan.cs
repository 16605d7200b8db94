using MlKit.Recommendation.Data;
using MlKit.TrainingWorker.Features;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>The data, cut into what trains and what judges, with the features that both will ask for.</summary>
internal sealed class TrainingPlan
{
    /// <summary>The newest events per user that the ranking model learns from.</summary>
    private const int TrainingPositives = 5;

    private TrainingPlan(DataSet data, UserHistories all, RankingTask test, RankingTask training, FeatureSnapshots snapshots)
    {
        Data = data;
        All = all;
        Test = test;
        Training = training;
        Snapshots = snapshots;
    }

    public DataSet Data { get; }

    public UserHistories All { get; }

    /// <summary>The newest event of each user, seen by nothing that is judged on it.</summary>
    public RankingTask Test { get; }

    /// <summary>The events before the test's, for tuning and for the ranking model.</summary>
    public RankingTask Training { get; }

    public FeatureSnapshots Snapshots { get; }

    public static TrainingPlan Of(DataSet data)
    {
        var all = UserHistories.Of(data);
        var test = RankingTask.LatestOut(all);
        var training = RankingTask.LatestFew(test.Histories, TrainingPositives);
        if (!training.Positives.Any(items => items.Length > 0))
        {
            throw new DataFormatException(
                data.Name, "has too little history to train on: at least one user needs 4 or more different items");
        }

        var cuts = Enumerable.Range(0, all.Count).Select(user => Cuts(test, training, user)).ToArray();
        return new TrainingPlan(data, all, test, training, FeatureSnapshots.Take(data, cuts));
    }

    private static long[] Cuts(RankingTask test, RankingTask training, int user)
    {
        RankingTask[] tasks = [training, test];
        return [.. tasks.Where(task => task.Positives[user].Length > 0).Select(task => task.Cuts[user]).Distinct().Order()];
    }
}
