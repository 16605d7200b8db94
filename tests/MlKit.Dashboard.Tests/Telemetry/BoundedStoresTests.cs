using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class BoundedStoresTests
{
    private static readonly TelemetryResource Api = new("api", "", 0);

    [Fact]
    public void The_oldest_log_entries_make_room_and_are_counted()
    {
        var store = new LogStore(new TelemetryLimits { MaxLogCount = 100 });
        for (var i = 1; i <= 250; i++)
        {
            store.Add([Entry(i)]);
        }

        var kept = store.Query(new LogFilter());
        Assert.Equal(Enumerable.Range(151, 100).Select(i => (long)i), kept.Select(entry => entry.Number));
        Assert.Equal(150, store.Dropped);
    }

    [Fact]
    public void The_first_traces_make_room_by_their_number()
    {
        var store = new TraceStore(new TelemetryLimits { MaxTraceCount = 10 });
        for (ulong i = 1; i <= 30; i++)
        {
            store.Add([Span(i, 1)]);
        }

        var (traces, total) = store.Query(new Dashboard.Telemetry.TraceFilter(), 100);
        Assert.Equal(10, total);
        Assert.Equal(30ul, (ulong)traces[0].Id.Value);
        Assert.Equal(20, store.Dropped);
    }

    [Fact]
    public void The_first_traces_make_room_by_their_spans_and_one_endless_trace_stays_bounded()
    {
        var store = new TraceStore(new TelemetryLimits { MaxSpanCount = 50 });
        for (ulong i = 1; i <= 5_000; i++)
        {
            store.Add([Span(1, i)]);
        }

        Assert.InRange(store.SpanCount, 1, 50);
    }

    [Fact]
    public void A_span_that_is_sent_twice_counts_once()
    {
        var store = new TraceStore(new TelemetryLimits());
        store.Add([Span(1, 1), Span(1, 2), Span(1, 1)]);
        Assert.Equal(2, store.SpanCount);
    }

    [Fact]
    public void Points_and_series_are_bounded_and_an_unchanged_value_is_one_point()
    {
        var store = new MetricStore(new TelemetryLimits { MaxMetricsCount = 20, MaxDimensionCount = 3 });
        var gauge = new Instrument(new InstrumentKey("api", "m", "g"), InstrumentKind.Gauge, "", "");
        for (var i = 0; i < 100; i++)
        {
            Assert.True(store.Add(gauge, [], new MetricPoint(i, i, i), false, []));
        }

        for (var i = 100; i < 200; i++)
        {
            Assert.True(store.Add(gauge, [new("k", "same")], new MetricPoint(i, i, 5), false, []));
        }

        Assert.True(store.Add(gauge, [new("k", "third")], new MetricPoint(1, 1, 1), false, []));
        Assert.False(store.Add(gauge, [new("k", "fourth")], new MetricPoint(1, 1, 1), false, []));

        var series = store.Series(gauge.Key, 0);
        Assert.Equal(20, series[0].Points.Count);
        Assert.Equal(new MetricPoint(100, 199, 5), Assert.Single(series[1].Points));
        Assert.Equal(1, store.Refused);
    }

    [Fact]
    public void Deltas_add_up()
    {
        var store = new MetricStore(new TelemetryLimits());
        var counter = new Instrument(new InstrumentKey("api", "m", "c"), InstrumentKind.Counter, "", "");
        store.Add(counter, [], new MetricPoint(1, 1, 3), true, []);
        store.Add(counter, [], new MetricPoint(2, 2, 4), true, []);
        Assert.Equal([3.0, 7.0], store.Series(counter.Key, 0)[0].Points.Select(point => point.Value));
    }

    internal static LogEntry Entry(long number, LogSeverity severity = LogSeverity.Information, string message = "m") => new()
    {
        Number = number,
        Resource = Api,
        Scope = "s",
        TimeNanos = number,
        Severity = severity,
        Message = message,
    };

    internal static Span Span(ulong trace, ulong id, ulong parent = 0, long start = 0, long end = 10) => new()
    {
        TraceId = new TraceId(trace),
        Id = new SpanId(id),
        ParentId = new SpanId(parent),
        Resource = Api,
        Scope = "s",
        Name = $"span {id}",
        StartNanos = start,
        EndNanos = end,
    };
}
