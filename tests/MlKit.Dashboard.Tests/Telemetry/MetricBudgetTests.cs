using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class MetricBudgetTests
{
    private static readonly Instrument Counter = new(new InstrumentKey("api", "m", "c"), InstrumentKind.Counter, "", "");

    [Fact]
    public void Points_over_all_series_are_bounded_and_the_whole_time_stays_known()
    {
        var store = new MetricStore(new TelemetryLimits { MaxPointCount = 1_000 });
        for (var i = 1; i <= 5_000; i++)
        {
            store.Add(Counter, [new("k", $"{i % 4}")], new MetricPoint(i, i, i), false, []);
            Assert.InRange(store.PointCount, 1, 1_000);
        }

        Assert.All(store.Series(Counter.Key, 0), series =>
        {
            Assert.InRange(series.Points[0].EndNanos, 1, 4);
            Assert.InRange(series.Points[^1].EndNanos, 4_997, 5_000);
            Assert.Equal(series.Points.OrderBy(point => point.EndNanos), series.Points);
        });
    }

    [Fact]
    public void Series_over_all_instruments_are_bounded()
    {
        var store = new MetricStore(new TelemetryLimits { MaxSeriesCount = 10 });
        var taken = Enumerable.Range(0, 30).Count(i => store.Add(
            Counter with { Key = new InstrumentKey("api", "m", $"c{i}") }, [], new MetricPoint(1, 1, 1), false, []));
        Assert.Equal(10, taken);
        Assert.Equal(20, store.Refused);
    }
}
