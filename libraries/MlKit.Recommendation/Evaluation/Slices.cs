using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>Cuts cases by the user's activity, by the popularity of the held-out item and by its genre.</summary>
public static class Slices
{
    /// <summary>Slices of this share of the cases and more are judged by the gates.</summary>
    public const double JudgedShare = 0.05;

    /// <summary>All slices that have a case. The held-out item of a case is its first positive.</summary>
    public static IReadOnlyList<Slice> Of(EvaluationTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var counts = task.Training.ItemCounts();
        var data = task.Training.Data;
        var groups = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        void Add(string name, int at) => (groups.TryGetValue(name, out var list) ? list : groups[name] = []).Add(at);

        var activity = Thirds([.. task.Cases.Select(one => one.History.Length)]);
        var popularity = Thirds([.. task.Cases.Select(one => Count(counts, one))]);
        for (var at = 0; at < task.Cases.Count; at++)
        {
            Add("activity: " + ((string[])["light", "medium", "heavy"])[activity[at]], at);
            Add("popularity: " + ((string[])["tail", "middle", "head"])[popularity[at]], at);
            foreach (var genre in Genres(data, task.Cases[at]))
            {
                Add("genre: " + genre, at);
            }
        }

        return [.. groups.Select(group => new Slice(group.Key, group.Value, group.Value.Count / (double)task.Cases.Count))];
    }

    private static int Count(int[] counts, RankingCase one) => one.Positives is [>= 0 and var item, ..] ? counts[item] : 0;

    private static IReadOnlyList<string> Genres(DataSet data, RankingCase one) =>
        one.Positives is [>= 0 and var item, ..] ? data.Items[item].Genres : [];

    /// <summary>0, 1 or 2 by value; equal values stay together.</summary>
    private static int[] Thirds(int[] values)
    {
        if (values.Length == 0)
        {
            return [];
        }

        var ordered = values.Order().ToArray();
        var (low, high) = (ordered[ordered.Length / 3], ordered[2 * ordered.Length / 3]);
        return Array.ConvertAll(values, value => value < low ? 0 : value < high ? 1 : 2);
    }
}
