using MlKit.Tracking.Ui.Charts;

namespace MlKit.Tests.Parts;

public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(-3.7, 12.1)]
    [InlineData(5, 5)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(-1e12, 1e12)]
    public void Every_value_has_a_place_between_round_ticks(double low, double high)
    {
        var scale = new ChartScale([low, high], isLog: false, round: true);
        Assert.InRange(scale.Place(low), 0, 1);
        Assert.InRange(scale.Place(high), 0, 1);
        Assert.InRange(scale.Ticks.Count, 2, 8);
    }

    [Fact]
    public void A_logarithmic_scale_leaves_out_what_has_no_logarithm()
    {
        var scale = new ChartScale([-1, 0, double.NaN, 0.5, 200], isLog: true, round: true);
        Assert.False(scale.Holds(0));
        Assert.Equal((0.1, 1000.0), (scale.Low, scale.High));
        Assert.Equal(0.5, scale.Place(10), 6);
    }

    [Fact]
    public void Smoothing_keeps_a_constant_line_and_its_gaps()
    {
        Assert.All(ChartModel.Smooth([3, 3, 3, 3], 0.9), value => Assert.Equal(3, value, 9));
        var smooth = ChartModel.Smooth([1, double.NaN, 3], 0.5);
        Assert.True(double.IsNaN(smooth[1]));
        Assert.Equal(((1 * 0.25) + (3 * 0.5)) / 0.75, smooth[2], 9);
    }

    [Fact]
    public void Not_a_number_makes_a_gap_and_a_lone_value_a_dot()
    {
        var line = new ChartSeries("r", "run", 0, [new(0, 0, 1), new(1, 1, 2), new(2, 2, double.NaN), new(3, 3, 1)]);
        var path = Assert.Single(new ChartModel([line], new ChartOptions()).Lines).Path;
        Assert.Equal(2, path.Count(character => character == 'M'));
        Assert.Equal(2, path.Split("h0.01").Length - 1);
    }

    [Fact]
    public void Lines_over_time_since_start_all_begin_at_zero()
    {
        var lines = new[] { 1_000_000L, 5_000_000L }
            .Select(start => new ChartSeries($"{start}", "run", 0, [new(0, start, 1), new(1, start + 1000, 2)])).ToList();
        var model = new ChartModel(lines, new ChartOptions(ChartAxis.Relative));
        Assert.Equal((0.0, 1000.0), (model.X.Low, model.X.High));
        Assert.Equal(model.Lines[0].Path, model.Lines[1].Path);
    }
}
