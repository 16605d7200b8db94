using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>
/// A cut inside the training part of a task, by the task's own rule: what first-stage models learn from, cases that the
/// ranking model learns from, and cases that choose parameters. Nothing that the task holds out is seen.
/// </summary>
public sealed class TuningCut
{
    /// <summary>The newest events per user that first-stage models do not see.</summary>
    private const int HeldPerUser = 5;

    /// <summary>Most users that choose parameters, and their largest share.</summary>
    private const int MostTuningUsers = 1_000;
    private const int TuningShare = 4;
    private const int Negatives = 100;

    /// <summary>What first-stage models are trained on for tuning and for the ranking model.</summary>
    public required UserHistories Training { get; init; }

    /// <summary>Cases that choose parameters: the newest training event of the tuning users.</summary>
    public required IReadOnlyList<RankingCase> Tuning { get; init; }

    /// <summary>Cases of all other users that the ranking model learns from.</summary>
    public required IReadOnlyList<RankingCase> Learning { get; init; }

    /// <summary>Cuts the training part of a task.</summary>
    public static TuningCut Of(EvaluationTask task, int seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.InOrder ? InOrder(task, seed) : AtRandom(task, seed);
    }

    private static TuningCut InOrder(EvaluationTask task, int seed)
    {
        var all = task.Training;
        var tuners = TuningUsers(task, user => all[user].Length >= 3);
        var sampler = task.Protocol is Protocol.Ncf or Protocol.LastSampled ? new NegativeSampler(all, seed, Negatives, task.Competes) : null;
        var tuning = new List<RankingCase>();
        var learning = new List<RankingCase>();
        for (var user = 0; user < all.Count; user++)
        {
            var events = all[user].ToArray();
            var held = Held(events.Length);
            for (var back = 1; back <= held; back++)
            {
                var at = events.Length - back;
                var positive = events[at];
                int[]? candidates = sampler is null ? null : [positive.Item, .. sampler.Draw(user, back)];
                var one = new RankingCase(user, events[..at], [positive.Item], candidates, positive.Timestamp);
                if (!tuners.Contains(user))
                {
                    learning.Add(one);
                }
                else if (back == 1)
                {
                    tuning.Add(one);
                }
            }
        }

        return new TuningCut { Training = all.Keep((_, events) => events.Length - Held(events.Length)), Tuning = tuning, Learning = learning };
    }

    private static TuningCut AtRandom(EvaluationTask task, int seed)
    {
        var all = task.Training;
        var inner = ProtocolSplitter.Split(all, seed + 1);
        var tuners = TuningUsers(task, user => all[user].Length >= 3);
        return new TuningCut
        {
            Training = inner.Training,
            Tuning = [.. inner.Cases.Where(one => tuners.Contains(one.User))],
            Learning = [.. inner.Cases.Where(one => !tuners.Contains(one.User))],
        };
    }

    private static int Held(int events) => Math.Min(HeldPerUser, events / 3);

    /// <summary>Evenly spread users, so that the choice does not depend on a random number.</summary>
    private static HashSet<int> TuningUsers(EvaluationTask task, Func<int, bool> usable)
    {
        if (task.TuningUsers is { } given)
        {
            return [.. given];
        }

        int[] users = [.. Enumerable.Range(0, task.Training.Count).Where(usable)];
        var wanted = Math.Max(1, Math.Min(MostTuningUsers, users.Length / TuningShare));
        return [.. Enumerable.Range(0, Math.Min(wanted, users.Length)).Select(i => users[(int)((long)i * users.Length / wanted)])];
    }
}
