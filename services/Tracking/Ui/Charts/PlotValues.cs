using System.Globalization;
using System.Text;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>Numbers of runs for plots over runs: latest metrics, and params that are numbers.</summary>
internal static class PlotValues
{
    private const string Metrics = "metrics.";
    private const string Params = "params.";

    /// <summary>What at least one run has a number for, metrics last.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<Run> runs) =>
    [
        .. runs.SelectMany(run => run.Data.Params).Where(param => Parse(param.Value) is not null)
            .Select(param => Params + param.Key).Distinct().Order(StringComparer.Ordinal),
        .. runs.SelectMany(run => run.Data.Metrics).Select(metric => Metrics + metric.Key).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A run's number; null where it has none.</summary>
    public static double? Of(Run run, string name) => name.StartsWith(Metrics, StringComparison.Ordinal)
        ? run.Data.Metrics.FirstOrDefault(metric => metric.Key == name[Metrics.Length..]) is { } found && double.IsFinite(found.Value) ? found.Value : null
        : Parse(run.Data.Params.FirstOrDefault(param => param.Key == name[Params.Length..])?.Value);

    /// <summary>The numbers of a plot as a file that the browser keeps.</summary>
    public static string Csv(IReadOnlyList<Run> runs, IReadOnlyList<string> names)
    {
        var text = new StringBuilder();
        Ui.Csv.Row(text, ["run_id", "name", .. names]);
        foreach (var run in runs)
        {
            Ui.Csv.Row(text, [run.Info.RunId, run.Info.RunName, .. names.Select(name => Text(run, name))]);
        }

        return "data:text/csv;charset=utf-8," + Uri.EscapeDataString(text.ToString());
    }

    private static string Text(Run run, string name) => Of(run, name)?.ToString("R", CultureInfo.InvariantCulture)
        ?? run.Data.Params.FirstOrDefault(param => Params + param.Key == name)?.Value ?? "";

    private static double? Parse(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
