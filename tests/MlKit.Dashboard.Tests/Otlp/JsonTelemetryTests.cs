using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using MlKit.Dashboard.Otlp;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Tests.Running;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Tests.Otlp;

public sealed class JsonTelemetryTests
{
    private const string TraceName = "5b8efff798038103d269b633813fc60c";
    private const string Sender = """{"attributes":[{"key":"service.name","value":{"stringValue":"shop page"}}]}""";

    private const string Spans = $$$"""
        {"resourceSpans":[{"resource":{{{Sender}}},"scopeSpans":[{"scope":{"name":"page"},"spans":[
          {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174","parentSpanId":"eee19b7ec3c1b173","name":"click","kind":3,
           "startTimeUnixNano":"1544712660000000001","endTimeUnixNano":1544712661000000003,"status":{"code":2,"message":"gone"},
           "attributes":[{"key":"traceId","value":{"stringValue":"not an id"}},{"key":"n","value":{"intValue":"9007199254740993"}}],
           "aFieldOfTomorrow":{"x":[1,2,{"traceId":"zz"}]}}]}]}]}
        """;

    private const string Logs = $$$"""
        {"resourceLogs":[{"resource":{{{Sender}}},"scopeLogs":[{"logRecords":[
          {"timeUnixNano":1544712660300000007,"severityNumber":17,"body":{"stringValue":"it broke — \u00e9"},"traceId":"{{{TraceName}}}","spanId":"eee19b7ec3c1b174"},
          {"timeUnixNano":"1544712660300000008","severityNumber":9,"body":{"stringValue":"no id"},"traceId":"not hexadecimal"}]}]}]}
        """;

    private const string Metrics = $$$"""
        {"resourceMetrics":[{"resource":{{{Sender}}},"scopeMetrics":[{"scope":{"name":"page"},"metrics":[
          {"name":"clicks","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[{"asDouble":5,"timeUnixNano":"1544712660300000000"}]}},
          {"name":"wait","histogram":{"aggregationTemporality":2,"dataPoints":[{"count":"2","sum":3,"bucketCounts":["1","1"],"explicitBounds":[1],"timeUnixNano":"1544712660300000000"}]}}]}]}]}
        """;

    [Fact]
    public async Task Spans_logs_and_points_in_json_arrive_with_their_ids_and_every_digit_of_their_times()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        foreach (var (path, body) in new[] { ("/v1/traces", Spans), ("/v1/logs", Logs), ("/v1/metrics", Metrics) })
        {
            using var answer = await PostAsync(http, path, body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("{}", await TextAsync(answer));
        }

        Assert.True(TraceId.TryParse(TraceName, out var traceId));
        var span = Assert.Single(dashboard.Service<TraceStore>().Spans(traceId));
        Assert.Equal(("click", SpanKind.Client, true, "gone", "eee19b7ec3c1b174", "eee19b7ec3c1b173"), (span.Name, span.Kind, span.IsError, span.StatusMessage, span.Id.ToString(), span.ParentId.ToString()));
        Assert.Equal((1544712660000000001, 1544712661000000003), (span.StartNanos, span.EndNanos));
        Assert.Contains(new KeyValuePair<string, string>("traceId", "not an id"), span.Attributes);
        Assert.Contains(new KeyValuePair<string, string>("n", "9007199254740993"), span.Attributes);

        var entries = dashboard.Service<LogStore>().Query(new LogFilter());
        Assert.Equal(["it broke — é", "no id"], entries.Select(entry => entry.Message));
        Assert.Equal((LogSeverity.Error, traceId, 1544712660300000007), (entries[0].Severity, entries[0].TraceId, entries[0].TimeNanos));
        Assert.True(entries[1].TraceId.IsEmpty);
        Assert.Equal(["clicks", "wait"], dashboard.Service<MetricStore>().Instruments("shop page").Select(instrument => instrument.Key.Name));
    }

    [Fact]
    public async Task What_is_refused_of_a_json_request_is_said_in_json()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        using var answer = await PostAsync(http, "/v1/traces", Spans.Replace("eee19b7ec3c1b174", "eee19b7ec3c1b1", StringComparison.Ordinal));
        var partial = JsonNode.Parse(await TextAsync(answer))!["partialSuccess"]!;
        Assert.Equal("1", (string)partial["rejectedSpans"]!);
        Assert.Contains("span_id", (string)partial["errorMessage"]!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"resourceSpans\":")]
    [InlineData("{\"resourceSpans\":7}")]
    [InlineData("{} {}")]
    [InlineData("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"startTimeUnixNano\":\"-5\"}]}]}]}")]
    public async Task Json_that_is_no_request_is_answered_with_400_in_json_and_counted(string body)
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        using var answer = await PostAsync(http, "/v1/traces", body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("not valid OTLP JSON", (string)JsonNode.Parse(await TextAsync(answer))!["message"]!);
        Assert.Equal(1, dashboard.Service<OtlpStatistics>().Malformed);
    }

    [Fact]
    public async Task Json_needs_the_key_too()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync("--Dashboard:Otlp:PrimaryApiKey=right");
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        using var refused = await PostAsync(http, "/v1/logs", Logs);
        http.DefaultRequestHeaders.Add("x-otlp-api-key", "right");
        using var taken = await PostAsync(http, "/v1/logs", Logs);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Equal(2, dashboard.Service<LogStore>().Query(new LogFilter()).Count);
    }

    [Fact]
    public void Damaged_json_is_refused_by_one_kind_of_exception_whatever_was_damaged()
    {
        var seeds = new[] { Spans, Logs, Metrics }.Select(Encoding.UTF8.GetBytes).ToArray();
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1_000], Gen.Byte, Gen.Int[0, 3]).Sample(
            (which, place, value, way) =>
            {
                var body = seeds[which].ToList();
                place %= body.Count;
                _ = way switch
                {
                    0 => Do(() => body[place] = value),
                    1 => Do(() => body.RemoveRange(place, Math.Min(value, body.Count - place))),
                    2 => Do(() => body.InsertRange(place, body.GetRange(place, Math.Min(value, body.Count - place)))),
                    _ => Do(() => body.Insert(place, value)),
                };
                try
                {
                    _ = which switch
                    {
                        0 => OtlpJson.Parse<ExportTraceServiceRequest>(body.ToArray()).CalculateSize(),
                        1 => OtlpJson.Parse<ExportLogsServiceRequest>(body.ToArray()).CalculateSize(),
                        _ => OtlpJson.Parse<ExportMetricsServiceRequest>(body.ToArray()).CalculateSize(),
                    };
                }
                catch (InvalidDataException)
                {
                    // The only way to fail.
                }
            },
            iter: 20_000, threads: 1);
    }

    [Theory]
    [InlineData("http://localhost:3000", "http://localhost:3000", true)]
    [InlineData("http://localhost:3000, http://localhost:4000", "http://localhost:4000", true)]
    [InlineData("*", "https://shop.example", true)]
    [InlineData("http://localhost:3000", "http://evil.example", false)]
    [InlineData(null, "http://localhost:3000", false)]
    public async Task Pages_of_other_origins_may_send_only_where_they_are_allowed(string? allowed, string origin, bool may)
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync([.. allowed is null ? (string[])[] : [$"--Dashboard:Otlp:Cors:AllowedOrigins={allowed}"], "--Dashboard:Otlp:PrimaryApiKey=right"]);
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        using var question = new HttpRequestMessage(HttpMethod.Options, "/v1/traces");
        question.Headers.Add("Origin", origin);
        question.Headers.Add("Access-Control-Request-Method", "POST");
        question.Headers.Add("Access-Control-Request-Headers", "content-type,x-otlp-api-key");
        using var answer = await http.SendAsync(question, TestContext.Current.CancellationToken);
        Assert.Equal(may, answer.Headers.Contains("Access-Control-Allow-Origin"));
        if (may)
        {
            Assert.Contains("x-otlp-api-key", string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
        }

        http.DefaultRequestHeaders.Add("x-otlp-api-key", "right");
        http.DefaultRequestHeaders.Add("Origin", origin);
        using var sent = await PostAsync(http, "/v1/traces", Spans);
        Assert.Equal(may, sent.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static bool Do(Action action)
    {
        action();
        return true;
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await http.PostAsync(path, content, TestContext.Current.CancellationToken);
    }
}
