using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class TraceComparisonTests
{
    private static readonly TelemetryResource Api = new("api", "", 0);

    [Fact]
    public void Spans_of_one_name_at_one_place_are_pairs_and_others_stand_alone()
    {
        var comparison = TraceComparison.Of(
            [Span(1, 0, "root", 0, 100), Span(2, 1, "call", 10, 20), Span(3, 1, "call", 30, 60), Span(4, 1, "gone", 70, 80)],
            [Span(11, 0, "root", 0, 130), Span(12, 11, "call", 10, 25), Span(13, 11, "call", 30, 70), Span(15, 13, "new", 31, 32)]);
        Assert.Equal(
            [("root", 0, 30L), ("call", 1, 5L), ("call", 1, 10L), ("new", 2, null), ("gone", 1, null)],
            comparison.Rows.Select(row => (row.Either.Name, row.Depth, row.DifferenceNanos)));
        Assert.Null(comparison.Rows.Single(row => row.Either.Name == "new").First);
        Assert.Null(comparison.Rows.Single(row => row.Either.Name == "gone").Second);
        Assert.Equal(130, comparison.LongestNanos);
    }

    [Fact]
    public void A_trace_differs_from_itself_in_nothing_however_deep_it_is()
    {
        var spans = Enumerable.Range(1, 3_000).Select(i => Span((ulong)i, (ulong)i - 1, $"s{i}", i, i + 1)).ToList();
        Assert.All(TraceComparison.Of(spans, spans).Rows, row => Assert.Equal(0, row.DifferenceNanos));
    }

    private static Span Span(ulong id, ulong parent, string name, long start, long end) => new()
    {
        TraceId = new TraceId(1),
        Id = new SpanId(id),
        ParentId = new SpanId(parent),
        Resource = Api,
        Scope = "",
        Name = name,
        StartNanos = start,
        EndNanos = end,
    };
}
