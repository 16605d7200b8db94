using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Tests.Browser;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class ForgettingTests
{
    [Fact]
    public async Task What_one_service_sent_is_forgotten_and_the_rest_stays()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        SampleTelemetry.Send(dashboard.OtlpGrpc);
        var (logs, traces, metrics) = (dashboard.Service<LogStore>(), dashboard.Service<TraceStore>(), dashboard.Service<MetricStore>());
        Assert.Equal((13, 1, 12, 12), (logs.Counts()["recommendations"], logs.Counts()["scorer"], traces.Counts()["feast"], traces.Counts()["scorer"]));
        Assert.Equal(1, logs.ErrorCounts()["scorer"]);
        Assert.Equal(4, metrics.Counts()["scorer"]);

        logs.Clear("scorer");
        Assert.Equal(13, logs.Query(new LogFilter()).Count);
        Assert.Empty(logs.ErrorCounts());
        traces.Clear("nobody");
        Assert.Equal(60, traces.SpanCount);
        traces.Clear("feast"); // is in every trace
        Assert.Equal(0, traces.SpanCount);
        Assert.Empty(traces.Query(new TraceFilter(), 10).Traces);
        metrics.Clear("scorer");
        Assert.Equal(0, metrics.PointCount);
        Assert.Empty(metrics.Instruments("scorer"));
    }

    [Fact]
    public void Forgotten_console_lines_do_not_come_back_with_the_back_log()
    {
        var store = new ConsoleLogStore(new());
        ConsoleLine[] Lines(string id, int count) => [.. Enumerable.Range(1, count).Select(i => new ConsoleLine(id, i, $"line {i}", false, DateTimeOffset.UnixEpoch))];
        store.Add([.. Lines("a", 5), .. Lines("b", 5)]);
        store.Forget("a");
        store.Add(Lines("a", 6));
        Assert.Equal("line 6", Assert.Single(store.Query("a", "")).Content);
        Assert.Equal(5, store.Query("b", "").Count);
        store.Forget(null);
        Assert.Empty(store.Query(null, ""));
    }

    [Fact]
    public void A_buffer_from_which_entries_were_removed_goes_on_within_its_bounds()
    {
        var buffer = new RingBuffer<int>(4);
        foreach (var i in Enumerable.Range(1, 6))
        {
            buffer.Add(i);
        }

        buffer.RemoveAll(i => i % 2 == 0);
        Assert.Equal([3, 5], Enumerable.Range(0, buffer.Count).Select(i => buffer[i]));
        foreach (var i in Enumerable.Range(7, 4))
        {
            buffer.Add(i);
        }

        Assert.Equal([7, 8, 9, 10], Enumerable.Range(0, buffer.Count).Select(i => buffer[i]));
        Assert.Equal(4, buffer.Dropped);
    }
}
