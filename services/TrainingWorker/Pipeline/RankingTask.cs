using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Histories with what followed them: the thing that models are trained and judged on.</summary>
internal sealed class RankingTask
{
    private RankingTask(UserHistories histories, int[][] positives, long[] cuts)
    {
        Histories = histories;
        Positives = positives;
        Cuts = cuts;
    }

    public UserHistories Histories { get; }

    /// <summary>By user: items (of the data set) that followed the history; empty for users that are left out.</summary>
    public int[][] Positives { get; }

    /// <summary>By user: time of the first positive; features must be older. Meaningless without positives.</summary>
    public long[] Cuts { get; }

    /// <summary>The task of the evaluation: the newest event of each user.</summary>
    public static RankingTask LatestOut(UserHistories all)
    {
        var split = Recommendation.Evaluation.LatestOut.Split(all);
        var cuts = new long[all.Count];
        var positives = new int[all.Count][];
        for (var user = 0; user < cuts.Length; user++)
        {
            positives[user] = split.Positives[user] >= 0 ? [split.Positives[user]] : [];
            cuts[user] = positives[user].Length > 0 ? all[user][^1].Timestamp : 0;
        }

        return new RankingTask(split.Training, positives, cuts);
    }

    /// <summary>The task of training: the newest few events of each user that has a longer history before them.</summary>
    public static RankingTask LatestFew(UserHistories all, int few)
    {
        var positives = new int[all.Count][];
        var cuts = new long[all.Count];
        var histories = all.Keep((user, events) =>
        {
            var held = Math.Min(few, events.Length / 3);
            positives[user] = [.. events[^held..].Select(e => e.Item)];
            cuts[user] = held > 0 ? events[^held].Timestamp : 0;
            return events.Length - held;
        });
        return new RankingTask(histories, positives, cuts);
    }
}
