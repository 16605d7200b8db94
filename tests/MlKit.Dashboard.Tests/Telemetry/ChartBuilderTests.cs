using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class ChartBuilderTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void A_counter_becomes_a_rate_per_second_and_survives_a_restart()
    {
        var chart = Build(InstrumentKind.Counter, Point(0, 0), Point(10, 50), Point(20, 150), Point(30, 20));
        Assert.Equal([5, 10, 2], new[] { 5, 15, 25 }.Select(step => chart.Lines[0].Values[step]!.Value));
    }

    [Fact]
    public void A_gauge_keeps_its_value_between_reports()
    {
        var chart = Build(InstrumentKind.Gauge, new MetricPoint(2 * Second, 8 * Second, 4));
        Assert.Null(chart.Lines[0].Values[1]);
        Assert.Equal(4, chart.Lines[0].Values[5]);
        Assert.Null(chart.Lines[0].Values[12]);
    }

    [Fact]
    public void A_histogram_becomes_percentiles_of_what_was_added()
    {
        double[] bounds = [10, 20, 30];
        var chart = Build(
            InstrumentKind.Histogram,
            new MetricPoint(Second, Second, 0, 100, new HistogramBuckets(bounds, [100, 0, 0, 0])),
            new MetricPoint(10 * Second, 10 * Second, 0, 200, new HistogramBuckets(bounds, [100, 50, 50, 0])));
        Assert.Equal(["p50", "p90", "p99"], chart.Lines.Select(line => line.Label));
        Assert.Equal(20, chart.Lines[0].Values[10]);
        Assert.Equal(28, chart.Lines[1].Values[10]!.Value, 6);
    }

    [Theory]
    [InlineData(0.5, 10)]
    [InlineData(0.25, 5)]
    [InlineData(1.0, 30)]
    public void A_percentile_is_interpolated_within_its_bucket(double share, double expected) =>
        Assert.Equal(expected, ChartBuilder.Percentile([10, 20, 30], [10, 5, 5, 0], share)!.Value, 6);

    [Fact]
    public void Only_the_largest_series_are_drawn_and_the_rest_is_counted()
    {
        var series = Enumerable.Range(0, 20).Select(i => new MetricSeries([new("k", $"{i}")], [new MetricPoint(Second, Second, i)], [])).ToList();
        var chart = ChartBuilder.Build(InstrumentKind.Gauge, series, 0, 60 * Second, 60);
        Assert.Equal(8, chart.Lines.Count);
        Assert.Equal(12, chart.Hidden);
        Assert.Equal("k=19", chart.Lines[0].Label);
    }

    private static Chart Build(InstrumentKind kind, params MetricPoint[] points) =>
        ChartBuilder.Build(kind, [new MetricSeries([], points, [])], 0, 60 * Second, 60);

    private static MetricPoint Point(long second, double value) => new(second * Second, second * Second, value);
}
