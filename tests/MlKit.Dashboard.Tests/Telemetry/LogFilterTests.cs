using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class LogFilterTests
{
    private static readonly LogEntry Entry = new()
    {
        Number = 1,
        Resource = new TelemetryResource("scorer", "", 0),
        Scope = "Scorer.Models",
        TimeNanos = 1,
        Severity = LogSeverity.Warning,
        Message = "Model is stale",
        TraceId = new TraceId(5),
        Attributes = [new("model.version", "17")],
    };

    [Theory]
    [InlineData("STALE", true)]
    [InlineData("models", true)]
    [InlineData("17", true)]
    [InlineData("model.version", true)]
    [InlineData("fresh", false)]
    public void Text_is_looked_for_in_message_category_and_attributes(string text, bool found) =>
        Assert.Equal(found, new LogFilter { Text = text }.Matches(Entry));

    [Fact]
    public void Level_resource_and_trace_narrow_down()
    {
        Assert.True(new LogFilter { MinimumSeverity = LogSeverity.Warning, Resource = "scorer", TraceId = new TraceId(5) }.Matches(Entry));
        Assert.False(new LogFilter { MinimumSeverity = LogSeverity.Error }.Matches(Entry));
        Assert.False(new LogFilter { Resource = "feast" }.Matches(Entry));
        Assert.False(new LogFilter { TraceId = new TraceId(6) }.Matches(Entry));
    }
}
