using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>Draws different items that a user never met, uniformly, with one seed for all users.</summary>
internal sealed class NegativeSampler(UserHistories histories, int seed, int count, bool[]? competes)
{
    private readonly int[] _items = [.. Enumerable.Range(0, histories.Data.ItemIds.Length).Where(item => competes?[item] != false)];

    /// <summary>Items outside the user's whole history; fewer than asked for where there are no more.</summary>
    /// <param name="user">Index of the user; equal users get equal draws.</param>
    /// <param name="round">Tells draws of one user apart.</param>
    public int[] Draw(int user, int round = 0)
    {
        var met = new HashSet<int>();
        foreach (var one in histories[user])
        {
            met.Add(one.Item);
        }

        // A seed per user: one user more or less does not change the others.
        var random = new Random(unchecked((((seed * 486_187_739) + user) * 16_777_619) + round));
        var free = _items.Length - met.Count;
        if (free <= 2 * count)
        {
            int[] all = [.. _items.Where(item => !met.Contains(item))];
            random.Shuffle(all);
            return all[..Math.Min(count, all.Length)];
        }

        var drawn = new List<int>(count);
        while (drawn.Count < count)
        {
            var item = _items[random.Next(_items.Length)];
            if (met.Add(item))
            {
                drawn.Add(item);
            }
        }

        return [.. drawn];
    }
}
