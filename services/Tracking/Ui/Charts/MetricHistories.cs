using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>Reads the histories of one metric in several runs as lines of a chart.</summary>
internal static class MetricHistories
{
    /// <summary>As many points as a chart of usual width can show.</summary>
    private const int MostPoints = 320;

    private const int MostRuns = 100;

    /// <summary>The lines, in the order of the runs; runs without the metric have none.</summary>
    public static async Task<IReadOnlyList<ChartSeries>> ReadAsync(
        MlflowClient client, IReadOnlyList<Run> runs, string key, (long First, long Last)? steps, CancellationToken cancellationToken)
    {
        var points = new Dictionary<string, List<ChartPoint>>();
        foreach (var part in runs.Select(run => run.Info.RunId).Chunk(MostRuns))
        {
            foreach (var point in await client.SampleMetricHistoriesAsync(part, key, MostPoints, steps, cancellationToken))
            {
                if (!points.TryGetValue(point.RunId, out var list))
                {
                    points[point.RunId] = list = [];
                }

                list.Add(new ChartPoint(point.Step, point.Timestamp, point.Value));
            }
        }

        return [.. runs.Select((run, index) => (run, index))
            .Where(item => points.ContainsKey(item.run.Info.RunId))
            .Select(item => new ChartSeries(item.run.Info.RunId, item.run.Info.RunName, item.index % 10, points[item.run.Info.RunId]))];
    }
}
