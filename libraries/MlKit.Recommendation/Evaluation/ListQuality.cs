using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>What lists are worth beside being right.</summary>
/// <param name="Coverage">Share of the items that are in anybody's list.</param>
/// <param name="Novelty">Mean of -log2(share of users who met the item) over the listed items, in bits.</param>
/// <param name="Calibration">Mean over users of the distance (Jensen-Shannon, 0 to 1) between the genres of history and list; 0 where there are no genres.</param>
public sealed record ListQuality(double Coverage, double Novelty, double Calibration)
{
    /// <summary>Judges the lists of all cases.</summary>
    public static ListQuality Of(EvaluationTask task, IReadOnlyList<int[]> lists)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(lists);
        var counts = task.Training.ItemCounts();
        var users = Math.Max(1, Enumerable.Range(0, task.Training.Count).Count(user => task.Training[user].Length > 0));
        var known = Math.Max(1, counts.Count(count => count > 0));
        var listed = lists.SelectMany(list => list).ToArray();
        var novelty = listed.Length == 0 ? 0 : listed.Average(item => -Math.Log2(Math.Max(1, counts[item]) / (double)users));
        var distances = task.Cases.Zip(lists, (one, list) => Distance(
            Genres(task.Training.Data, one.History.Select(e => e.Item)), Genres(task.Training.Data, list))).OfType<double>().ToArray();
        return new ListQuality(listed.Distinct().Count() / (double)known, novelty, distances.Length == 0 ? 0 : distances.Average());
    }

    private static Dictionary<string, double> Genres(DataSet data, IEnumerable<int> items)
    {
        var shares = new Dictionary<string, double>();
        foreach (var item in items)
        {
            foreach (var genre in data.Items[item].Genres)
            {
                shares[genre] = shares.GetValueOrDefault(genre) + (1.0 / data.Items[item].Genres.Count);
            }
        }

        var sum = shares.Values.Sum();
        return shares.ToDictionary(one => one.Key, one => one.Value / sum);
    }

    private static double? Distance(Dictionary<string, double> a, Dictionary<string, double> b)
    {
        if (a.Count == 0 || b.Count == 0)
        {
            return null;
        }

        static double Part(double own, double middle) => own > 0 ? own * Math.Log2(own / middle) : 0;
        return a.Keys.Union(b.Keys).Sum(genre =>
        {
            var (p, q) = (a.GetValueOrDefault(genre), b.GetValueOrDefault(genre));
            return (Part(p, (p + q) / 2) + Part(q, (p + q) / 2)) / 2;
        });
    }
}
