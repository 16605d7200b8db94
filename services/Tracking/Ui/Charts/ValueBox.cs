using System.Globalization;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>How a metric is spread over runs that have the same value of a param.</summary>
/// <param name="Name">That value.</param>
/// <param name="Points">The runs.</param>
internal sealed record ValueBox(string Name, IReadOnlyList<(Run Run, double Value)> Points)
{
    private readonly List<double> _sorted = [.. Points.Select(point => point.Value).Order()];

    /// <summary>The least.</summary>
    public double Low => _sorted[0];

    /// <summary>A quarter of the values are below.</summary>
    public double First => Quantile(0.25);

    /// <summary>Half of the values are below.</summary>
    public double Median => Quantile(0.5);

    /// <summary>Three quarters of the values are below.</summary>
    public double Third => Quantile(0.75);

    /// <summary>The most.</summary>
    public double High => _sorted[^1];

    /// <summary>A box for each value of a param, numbers in their order, then texts.</summary>
    public static IReadOnlyList<ValueBox> Of(IReadOnlyList<Run> runs, string param, string metric) =>
    [
        .. runs.Select(run => (Run: run, Key: run.Data.Params.FirstOrDefault(item => item.Key == param)?.Value, Value: PlotValues.Of(run, metric)))
            .Where(item => item is { Key: not null, Value: not null })
            .GroupBy(item => item.Key!)
            .OrderBy(group => double.TryParse(group.Key, CultureInfo.InvariantCulture, out var number) ? number : double.MaxValue)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ValueBox(group.Key, [.. group.Select(item => (item.Run, item.Value!.Value))])),
    ];

    /// <summary>Between neighbours, in proportion.</summary>
    private double Quantile(double part)
    {
        var place = part * (_sorted.Count - 1);
        var (below, above) = (_sorted[(int)Math.Floor(place)], _sorted[(int)Math.Ceiling(place)]);
        return below + ((above - below) * (place - Math.Floor(place)));
    }
}
