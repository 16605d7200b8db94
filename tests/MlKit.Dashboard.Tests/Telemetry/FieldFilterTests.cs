using CsCheck;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Tests.Telemetry;

public sealed class FieldFilterTests
{
    private static readonly LogEntry Entry = new()
    {
        Number = 1,
        Resource = new TelemetryResource("scorer", "", 0),
        Scope = "Scorer.Models",
        TimeNanos = 1,
        Severity = LogSeverity.Information,
        Message = "Scored 12 items",
        Attributes = [new("Count", "12"), new("model.name", "ranker")],
    };

    [Theory]
    [InlineData("Count:gt:9", true)]
    [InlineData("Count:gt:12", false)]
    [InlineData("Count:lt:100", true)]
    [InlineData("count:eq:12", true)]
    [InlineData("model.name:eq:RANKER", true)]
    [InlineData("model.name:ne:ranker", false)]
    [InlineData("model.name:has:ank", true)]
    [InlineData("model.name:hasnot:ank", false)]
    [InlineData("absent:ne:x", true)]
    [InlineData("absent:hasnot:x", true)]
    [InlineData("absent:eq:", false)]
    [InlineData("absent:lt:5", false)]
    [InlineData("message:has:scored", true)]
    [InlineData("category:eq:Scorer.Models", true)]
    public void A_condition_on_a_field_decides(string text, bool shown) =>
        Assert.Equal(shown, new LogFilter { Fields = FieldFilter.Parse([text]) }.Matches(Entry));

    [Theory]
    [InlineData("")]
    [InlineData("field")]
    [InlineData("field:like:x")]
    [InlineData(":eq:x")]
    public void What_is_no_condition_is_left_out(string text) => Assert.Empty(FieldFilter.Parse([text]));

    [Fact]
    public void Any_condition_survives_its_way_through_an_address() =>
        Gen.Select(Gen.String[1, 20], Gen.Enum<FieldCondition>(), Gen.String[0, 20]).Sample(
            parts =>
            {
                // Half a surrogate pair is no text that an address could carry.
                var (field, condition, value) = (Clean(parts.Item1) + "f", parts.Item2, Clean(parts.Item3));
                return FieldFilter.TryParse(new FieldFilter(field, condition, value).ToString(), out var read) && read == new FieldFilter(field, condition, value);
            },
            iter: 5_000, seed: "0000KDsW8kI3");

    [Fact]
    public void All_conditions_of_a_trace_must_hold_for_one_span()
    {
        var trace = new Trace(new TraceId(1));
        trace.Add(Span(1, "GET /a", "200"));
        trace.Add(Span(2, "GET /b", "500"));
        Assert.True(new Dashboard.Telemetry.TraceFilter { Fields = FieldFilter.Parse(["name:eq:GET%20%2Fb", "code:eq:500"]) }.Matches(trace));
        Assert.False(new Dashboard.Telemetry.TraceFilter { Fields = FieldFilter.Parse(["name:eq:GET%20%2Fa", "code:eq:500"]) }.Matches(trace));
    }

    private static string Clean(string text) => new([.. text.Where(c => !char.IsSurrogate(c))]);

    private static Span Span(ulong id, string name, string code) => new()
    {
        TraceId = new TraceId(1),
        Id = new SpanId(id),
        Resource = Entry.Resource,
        Scope = "",
        Name = name,
        StartNanos = 0,
        EndNanos = 1,
        Attributes = [new("code", code)],
    };
}
