using MlKit.Dashboard.Telemetry;
using static MlKit.Dashboard.Tests.Telemetry.BoundedStoresTests;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class WaterfallTests
{
    [Fact]
    public void Spans_stand_below_their_parents_in_order_of_their_start()
    {
        var waterfall = Waterfall.Of([Span(1, 3, parent: 1, start: 5), Span(1, 1, end: 100), Span(1, 4, parent: 2, start: 3), Span(1, 2, parent: 1, start: 2)]);
        Assert.Equal([(1ul, 0, 3), (2ul, 1, 1), (4ul, 2, 0), (3ul, 1, 0)], waterfall.Rows.Select(row => (row.Span.Id.Value, row.Depth, row.Descendants)));
        Assert.Equal(100, waterfall.DurationNanos);
    }

    [Fact]
    public void A_span_whose_parent_is_missing_is_a_root() =>
        Assert.Equal([0, 1], Waterfall.Of([Span(1, 2, parent: 99), Span(1, 3, parent: 2)]).Rows.Select(row => row.Depth));

    [Fact]
    public void Spans_that_are_each_others_parents_are_shown_once() =>
        Assert.Equal(3, Waterfall.Of([Span(1, 1, parent: 2), Span(1, 2, parent: 1), Span(1, 3, parent: 3)]).Rows.Count);

    [Fact]
    public void A_very_deep_trace_is_shown_whole() =>
        Assert.Equal(5_000, Waterfall.Of([.. Enumerable.Range(1, 5_000).Select(i => Span(1, (ulong)i, parent: (ulong)i - 1, start: i, end: i + 1))]).Rows.Count);
}
