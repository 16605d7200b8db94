using MlKit.Features;
using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>Rows of candidates with features as they were before the positives.</summary>
internal static class RankingSetBuilder
{
    /// <summary>Rows of the given users, one entry per user in the same order.</summary>
    public static async Task<RankedUser[]> BuildAsync(
        RankingTask task, RetrievalModel model, IReadOnlyList<int> users, int candidates,
        IPointInTimeFeatures features, CancellationToken cancellationToken)
    {
        var ids = task.Histories.Data.UserIds;
        var lists = new CandidateList[users.Count];
        Parallel.For(0, users.Count, new ParallelOptions { CancellationToken = cancellationToken }, at =>
            lists[at] = CandidateList.Of(model, task.Histories[users[at]], candidates));

        var states = await features.UsersAsync([.. users.Select(user => new EntityTime(ids[user], AsOf(task, user)))], cancellationToken);
        var keys = users.SelectMany((user, at) => lists[at].Candidates.Select(c => new EntityTime(c.ItemId, AsOf(task, user))));
        var items = await features.ItemsAsync([.. keys], cancellationToken);

        var ranked = new RankedUser[users.Count];
        var first = 0;
        for (var at = 0; at < ranked.Length; at++)
        {
            var own = items.AsSpan(first, lists[at].Items.Length).ToArray();
            first += own.Length;
            var byId = new Dictionary<string, ItemState>(own.Length, StringComparer.Ordinal);
            for (var i = 0; i < own.Length; i++)
            {
                byId[lists[at].Candidates[i].ItemId] = own[i];
            }

            ranked[at] = new RankedUser(
                users[at], lists[at].Items, RankingRow.Build(states[at], lists[at].Candidates, byId.GetValueOrDefault));
        }

        return ranked;
    }

    /// <summary>The second before the first positive: nothing that happened with it or after it may be seen.</summary>
    public static DateTimeOffset AsOf(RankingTask task, int user) => DateTimeOffset.FromUnixTimeSeconds(task.Cuts[user] - 1);

    /// <summary>Adds groups that hold both a positive and a negative; the others teach nothing.</summary>
    public static RankingSet ToSet(IEnumerable<RankedUser> users, RankingTask task)
    {
        var set = new RankingSet(RankingRow.Width);
        foreach (var user in users)
        {
            var labels = Array.ConvertAll(user.Items, item => task.Positives[user.User].Contains(item) ? 1f : 0f);
            if (labels.Contains(1f) && labels.Contains(0f))
            {
                set.Add(user.Rows, labels);
            }
        }

        return set;
    }
}

/// <summary>Candidates of one user with their rows.</summary>
/// <param name="User">Index of the user.</param>
/// <param name="Items">Candidates (indexes of the data set), best first by retrieval.</param>
/// <param name="Rows">Row-major [Items, RankingRow.Width].</param>
internal sealed record RankedUser(int User, int[] Items, float[] Rows);
