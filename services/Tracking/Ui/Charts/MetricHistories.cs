using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>Reads the histories of one metric in several runs, or groups of runs, as lines of a chart.</summary>
internal static class MetricHistories
{
    /// <summary>As many points as a chart of usual width can show.</summary>
    private const int MostPoints = 320;

    private const int MostRuns = 100;

    /// <summary>The lines of runs, in their order; runs without the metric have none.</summary>
    public static Task<IReadOnlyList<ChartSeries>> ReadAsync(
        MlflowClient client, IReadOnlyList<Run> runs, string key, (long First, long Last)? steps, CancellationToken cancellationToken) =>
        ReadAsync(client, [.. runs.Select(ChartedRuns.Of)], key, steps, cancellationToken);

    /// <summary>The lines, in the order of what they stand for; what has no such metric has none.</summary>
    public static async Task<IReadOnlyList<ChartSeries>> ReadAsync(
        MlflowClient client, IReadOnlyList<ChartedRuns> charted, string key, (long First, long Last)? steps, CancellationToken cancellationToken)
    {
        var points = new Dictionary<string, List<ChartPoint>>();
        foreach (var part in charted.SelectMany(item => item.Runs).Select(run => run.Info.RunId).Distinct().Chunk(MostRuns))
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

        return [.. charted.Select((item, number) => Line(item, number % 10, [.. item.Runs.Select(run => points.GetValueOrDefault(run.Info.RunId)).OfType<List<ChartPoint>>()]))
            .OfType<ChartSeries>()];
    }

    private static ChartSeries? Line(ChartedRuns item, int hue, List<List<ChartPoint>> histories) => histories switch
    {
        [] => null,
        [var one] => new ChartSeries(item.Id, item.Label, hue, one, item.Colour),
        _ => Mean(item, hue, histories),
    };

    /// <summary>The mean at each step that a run of the group has, between the least and the most there.</summary>
    private static ChartSeries Mean(ChartedRuns item, int hue, List<List<ChartPoint>> histories)
    {
        var steps = histories.SelectMany(points => points).Where(point => double.IsFinite(point.Value))
            .GroupBy(point => point.Step).OrderBy(step => step.Key)
            .Select(step => (
                Point: new ChartPoint(step.Key, (long)step.Average(point => (double)point.Timestamp), step.Average(point => point.Value)),
                Band: (step.Min(point => point.Value), step.Max(point => point.Value)))).ToList();
        return new ChartSeries(item.Id, item.Label, hue, [.. steps.Select(step => step.Point)], item.Colour, [.. steps.Select(step => step.Band)]);
    }
}
