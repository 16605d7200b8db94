using MlKit.Mlflow;
using MlKit.Tracking.Storage;
using MlKit.Tracking.Ui.Charts;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>Which runs of a view have their charts drawn: pinned ones, then the first; or the first groups.</summary>
/// <param name="Runs">The runs.</param>
/// <param name="Groups">The groups, with some of their runs; null where runs are not grouped.</param>
internal sealed record ChartedSelection(IReadOnlyList<Run> Runs, IReadOnlyList<ChartedRuns>? Groups)
{
    private const int MostGroups = 10;

    /// <summary>A band over more runs would look the same and take long.</summary>
    private const int MostOfGroup = 20;

    /// <summary>Nothing.</summary>
    public static ChartedSelection Empty { get; } = new([], null);

    /// <summary>Finds them.</summary>
    public static async Task<ChartedSelection> ReadAsync(
        MlflowClient client, Database database, RunQuery query, RunTableView view, int most, CancellationToken cancellationToken)
    {
        var index = await RunIndex.ReadAsync(database, query);
        var cache = new RunCache(client, index, query);
        if (view.GroupBy.Count == 0)
        {
            var places = index.Find(view.Pinned).Concat(Enumerable.Range(0, index.Count)).Distinct().Take(most).ToList();
            return new ChartedSelection([.. (await cache.GetAsync(places, cancellationToken)).OfType<Run>()], null);
        }

        var groups = await Task.Run(() => new RunGroups(index, view.GroupBy), cancellationToken);
        var charted = new List<ChartedRuns>();
        for (var group = 0; group < Math.Min(MostGroups, groups.Count); group++)
        {
            var runs = await cache.GetAsync([.. groups.Members(group).Take(MostOfGroup)], cancellationToken);
            charted.Add(new ChartedRuns(groups.Name(group), groups.Name(group), null, [.. runs.OfType<Run>()]));
        }

        return new ChartedSelection([.. charted.SelectMany(item => item.Runs)], charted);
    }
}
