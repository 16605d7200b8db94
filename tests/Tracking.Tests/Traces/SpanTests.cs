using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;

namespace MlKit.Tests.Traces;

/// <summary>Spans as they come by OTLP from MLflow's clients and from exporters of OpenTelemetry, on each database.</summary>
public abstract class SpanTests(TrackingFixture fixture)
{
    private const ulong Start = 1_767_225_600_000_000_000;
    private const string Protobuf = "application/x-protobuf";

    private static readonly byte[] RootId = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly byte[] ChildId = [8, 7, 6, 5, 4, 3, 2, 1];

    [Fact]
    public async Task Spans_make_a_trace_whose_root_says_how_it_ended()
    {
        using var api = V3();
        var (experiment, trace) = (await NewExperimentAsync(), NewTrace());
        var child = Span(trace, ChildId, RootId, "child", Start + 1_000_000, Start + 2_500_000_000);
        child.Status = new Status { Code = Status.Types.StatusCode.Error, Message = "bad" };
        await ExportAsync(experiment, child);
        var open = await GetAsync(api, trace);
        Assert.Equal("IN_PROGRESS", open["trace_info"]!["state"]!.GetValue<string>());

        var root = Span(trace, RootId, null, "root", Start, Start + 2_000_000_000);
        Set(root, "mlflow.spanInputs", """{"q": [1, 2.5, true, null, "x"]}""");
        Set(root, "mlflow.traceTag.team", "\"a\"");
        Set(root, "session.id", "s-1");
        await ExportAsync(experiment, root);
        var whole = await GetAsync(api, trace);
        var info = whole["trace_info"]!;
        Assert.Equal(("OK", "2026-01-01T00:00:00Z", "2.500s"), (info["state"]!.GetValue<string>(), info["request_time"]!.GetValue<string>(), info["execution_duration"]!.GetValue<string>()));
        Assert.Equal("""{"q": [1, 2.5, true, null, "x"]}""", info["request_preview"]!.GetValue<string>());
        Assert.Equal("s-1", info["trace_metadata"]!["mlflow.trace.session"]!.GetValue<string>());
        Assert.Equal(("TRACKING_STORE", "svc", "a"), (info["tags"]!["mlflow.trace.spansLocation"]!.GetValue<string>(), info["tags"]!["service.name"]!.GetValue<string>(), info["tags"]!["team"]!.GetValue<string>()));
        Assert.Null(info["tags"]!["telemetry.sdk.name"]);
        Assert.Equal(["root", "child"], whole["spans"]!.AsArray().Select(span => span!["name"]!.GetValue<string>()));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"message":"bad","code":"STATUS_CODE_ERROR"}"""), whole["spans"]![1]!["status"]));
        Assert.Equal((Convert.ToBase64String(trace), Start), (whole["spans"]![0]!["trace_id"]!.GetValue<string>(), whole["spans"]![0]!["start_time_unix_nano"]!.GetValue<ulong>()));
        var inputs = whole["spans"]![0]!["attributes"]!.AsArray().Single(attribute => attribute!["key"]!.GetValue<string>() == "mlflow.spanInputs");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""
            {"kvlist_value":{"values":[{"key":"q","value":{"array_value":{"values":[{"int_value":1},{"double_value":2.5},{"bool_value":true},{},{"string_value":"x"}]}}}]}}
            """), inputs!["value"]), inputs.ToJsonString());
    }

    [Fact]
    public async Task A_span_that_comes_again_replaces_the_first_and_a_finished_trace_keeps_its_times()
    {
        using var api = V3();
        var (experiment, trace) = (await NewExperimentAsync(), NewTrace());
        await api.DoAsync("traces", $$$$$$"""
            {"trace":{"trace_info":{"trace_id":"{{{{{{Id(trace)}}}}}}","trace_location":{"mlflow_experiment":{"experiment_id":"{{{{{{experiment}}}}}}"}},"request_time":"2020-01-01T00:00:00Z","execution_duration":"1s","state":"OK",
             "trace_metadata":{"mlflow.trace.sizeStats":"{\"num_spans\": 2}"}}}}
            """);
        await ExportAsync(experiment, Span(trace, RootId, null, "first", Start, Start + 1));
        await ExportAsync(experiment, Span(trace, RootId, null, "second", Start, Start + 1));
        var unfinished = await api.GetAsync($"traces/get?trace_id={Id(trace)}");
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (unfinished.Status, unfinished.ErrorCode));
        Assert.Empty(await api.ReadAsync($"traces/batchGet?trace_ids={Id(trace)}"));

        await ExportAsync(experiment, Span(trace, ChildId, RootId, "child", Start, Start + 1));
        var whole = await GetAsync(api, trace);
        Assert.Equal(["second", "child"], whole["spans"]!.AsArray().Select(span => span!["name"]!.GetValue<string>()));
        Assert.Equal(("2020-01-01T00:00:00Z", "1s"), (whole["trace_info"]!["request_time"]!.GetValue<string>(), whole["trace_info"]!["execution_duration"]!.GetValue<string>()));
        Assert.Single((await api.ReadAsync($"traces/batchGet?trace_ids={Id(trace)}"))["traces"]!.AsArray());
        Assert.Equal(1, (await api.DoAsync("traces/delete-traces", $$"""{"experiment_id":"{{experiment}}","request_ids":["{{Id(trace)}}"]}"""))["traces_deleted"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"traces/get?trace_id={Id(trace)}&allow_partial=True")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task An_export_may_be_JSON_with_hexadecimal_ids_and_compressed(string encoding)
    {
        using var api = V3();
        var (experiment, trace) = (await NewExperimentAsync(), NewTrace());
        var json = Encoding.UTF8.GetBytes($$$"""
            {"resourceSpans":[{"resource":{},"scopeSpans":[{"spans":[{"traceId":"{{{Convert.ToHexString(trace)}}}","spanId":"0102030405060708","name":"é 😀","kind":1,
             "startTimeUnixNano":"{{{Start}}}","endTimeUnixNano":"{{{Start + 100_000_000}}}","attributes":[{"key":"n","value":{"intValue":"7"}}],"future":1}]}]}]}
            """);
        using var body = new MemoryStream();
        using (Stream stream = encoding switch { "gzip" => new GZipStream(body, CompressionMode.Compress, true), "deflate" => new ZLibStream(body, CompressionMode.Compress, true), _ => new BufferedStream(body) })
        {
            stream.Write(json);
            stream.Flush();
            Assert.Equal(HttpStatusCode.OK, await SendAsync(experiment, encoding.Length == 0 ? json : Closed(stream, body), "application/json; charset=utf-8", encoding));
        }

        var span = (await GetAsync(api, trace))["spans"]![0]!;
        Assert.Equal(("é 😀", "AQIDBAUGBwg="), (span["name"]!.GetValue<string>(), span["span_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Numbers_of_64_bits_in_JSON_lose_no_digit()
    {
        using var api = V3();
        var (experiment, trace) = (await NewExperimentAsync(), NewTrace());
        var json = Encoding.UTF8.GetBytes($$$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{Convert.ToHexString(trace)}}}","spanId":"0102030405060708","name":"n","kind":3,
             "startTimeUnixNano":{{{Start + 1}}},"endTimeUnixNano":{{{Start + 3}}},"status":{"code":1},"attributes":[{"key":"i","value":{"intValue":-9007199254740993}},{"key":"d","value":{"doubleValue":2}}]}]}]}]}
            """);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(experiment, json, "application/json"));

        var span = (await GetAsync(api, trace))["spans"]![0]!;
        Assert.Equal((Start + 1, Start + 3), (span["start_time_unix_nano"]!.GetValue<ulong>(), span["end_time_unix_nano"]!.GetValue<ulong>()));
        Assert.Contains("-9007199254740993", span["attributes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("STATUS_CODE_OK", span["status"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_export_that_is_none_or_belongs_nowhere_is_refused()
    {
        var experiment = await NewExperimentAsync();
        var good = Request(Span(NewTrace(), RootId, null, "x", Start, Start + 1)).ToByteArray();
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(experiment, [], Protobuf));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(experiment, "garbage"u8.ToArray(), Protobuf));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(experiment, "[]"u8.ToArray(), "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(experiment, good, "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(experiment, good, Protobuf, "gzip"));
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync(experiment, good, Protobuf, "br"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync("", good, Protobuf));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SendAsync(experiment, Request(Span([1], RootId, null, "x", Start, 0)).ToByteArray(), Protobuf));
        Assert.Equal(HttpStatusCode.NotFound, await SendAsync("987654", good, Protobuf));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(experiment, good, Protobuf));
    }

    [Fact]
    public async Task A_small_body_that_unpacks_to_more_than_the_limit_is_refused()
    {
        using var body = new MemoryStream();
        using (var stream = new GZipStream(body, CompressionLevel.SmallestSize, true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                stream.Write(zeros);
            }
        }

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync(await NewExperimentAsync(), body.ToArray(), Protobuf, "gzip"));
    }

    private static byte[] Closed(Stream stream, MemoryStream body)
    {
        stream.Dispose();
        return body.ToArray();
    }

    private static Span Span(byte[] trace, byte[] id, byte[]? parent, string name, ulong start, ulong end) => new()
    {
        TraceId = ByteString.CopyFrom(trace),
        SpanId = ByteString.CopyFrom(id),
        ParentSpanId = ByteString.CopyFrom(parent ?? []),
        Name = name,
        StartTimeUnixNano = start,
        EndTimeUnixNano = end,
    };

    private static void Set(Span span, string key, string value) =>
        span.Attributes.Add(new KeyValue { Key = key, Value = new AnyValue { StringValue = value } });

    private static ExportTraceServiceRequest Request(params Span[] spans)
    {
        var resource = new Resource();
        foreach (var (key, value) in (List<(string, string)>)[("service.name", "svc"), ("telemetry.sdk.name", "x")])
        {
            resource.Attributes.Add(new KeyValue { Key = key, Value = new AnyValue { StringValue = value } });
        }

        return new ExportTraceServiceRequest { ResourceSpans = { new ResourceSpans { Resource = resource, ScopeSpans = { new ScopeSpans { Spans = { spans } } } } } };
    }

    private static string Id(byte[] trace) => "tr-" + Convert.ToHexStringLower(trace);

    private static byte[] NewTrace() => Guid.NewGuid().ToByteArray();

    private static async Task<JsonNode> GetAsync(Wire api, byte[] trace) => (await api.ReadAsync($"traces/get?trace_id={Id(trace)}"))["trace"]!;

    private async Task ExportAsync(string experiment, params Span[] spans) =>
        Assert.Equal(HttpStatusCode.OK, await SendAsync(experiment, Request(spans).ToByteArray(), Protobuf));

    private async Task<HttpStatusCode> SendAsync(string experiment, byte[] body, string type, string encoding = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/traces") { Content = new ByteArrayContent(body) };
        request.Content.Headers.Add("Content-Type", type);
        if (encoding.Length > 0)
        {
            request.Content.Headers.Add("Content-Encoding", encoding);
        }

        if (experiment.Length > 0)
        {
            request.Headers.Add("x-mlflow-experiment-id", experiment);
        }

        using var answer = await fixture.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private Task<string> NewExperimentAsync() => fixture.Api.CreateExperimentAsync(Guid.NewGuid().ToString());

    private Wire V3() => new(fixture.Server.Address, "api/3.0/mlflow/");
}

public sealed class SpanTestsOnSqlite(SqliteFixture fixture) : SpanTests(fixture), IClassFixture<SqliteFixture>;

public sealed class SpanTestsOnPostgres(PostgresFixture fixture) : SpanTests(fixture), IClassFixture<PostgresFixture>;
