using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using MlKit.Dashboard.Otlp;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Tests.Running;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;

namespace MlKit.Dashboard.Tests.Otlp;

public sealed class MalformedTelemetryTests
{
    [Fact]
    public async Task Garbage_is_answered_with_400_and_counted_and_good_data_still_arrive()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        var random = new Random(7);
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        for (var i = 0; i < 100; i++)
        {
            var garbage = new byte[random.Next(1, 2_000)];
            random.NextBytes(garbage);
            using var answer = await PostAsync(http, "/v1/traces", garbage);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.OK, $"{answer.StatusCode}");
        }

        Assert.True(dashboard.Service<OtlpStatistics>().Malformed > 50);
        using var good = await PostAsync(http, "/v1/traces", Request(Ids(16), Ids(8)).ToByteArray());
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(1, dashboard.Service<TraceStore>().SpanCount);
    }

    [Fact]
    public async Task Garbage_by_grpc_is_refused_and_counted()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient { BaseAddress = dashboard.OtlpGrpc, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var content = new ByteArrayContent([0, 0, 0, 0, 3, 255, 255, 255]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var answer = await http.PostAsync("/opentelemetry.proto.collector.trace.v1.TraceService/Export", content, TestContext.Current.CancellationToken);
        await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        await Eventually.True(() => Task.FromResult(dashboard.Service<OtlpStatistics>().Malformed == 1), TimeSpan.FromSeconds(5), "the garbage is counted");
    }

    [Theory]
    [InlineData(15, 8, "trace_id")]
    [InlineData(16, 7, "span_id")]
    public async Task A_span_with_an_id_of_a_wrong_length_is_refused_by_partial_success(int traceIdLength, int spanIdLength, string named)
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        var request = Request(Ids(16), Ids(8));
        request.ResourceSpans[0].ScopeSpans[0].Spans.Add(new OtlpSpan { TraceId = Ids(traceIdLength), SpanId = Ids(spanIdLength) });

        using var answer = await PostAsync(http, "/v1/traces", request.ToByteArray());

        var partial = ExportTraceServiceResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).PartialSuccess;
        Assert.Equal(1, partial.RejectedSpans);
        Assert.Contains(named, partial.ErrorMessage);
        Assert.Equal(1, dashboard.Service<TraceStore>().SpanCount);
    }

    [Fact]
    public async Task Compressed_bodies_are_unpacked_and_those_that_grow_too_large_are_refused()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient { BaseAddress = dashboard.OtlpHttp };
        using var good = await PostAsync(http, "/v1/traces", Compress(Request(Ids(16), Ids(8)).ToByteArray()), "gzip");
        using var bomb = await PostAsync(http, "/v1/traces", Compress(new byte[40_000_000]), "gzip");
        using var broken = await PostAsync(http, "/v1/traces", [1, 2, 3], "gzip");

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bomb.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        Assert.Equal(1, dashboard.Service<TraceStore>().SpanCount);
    }

    [Fact]
    public async Task Another_content_type_is_answered_with_415()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(dashboard.OtlpHttp, "/v1/logs"), new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Each_address_answers_only_what_belongs_to_it()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri(dashboard.OtlpHttp, "/structuredlogs"), TestContext.Current.CancellationToken);
        using var telemetry = await PostAsync(http, new Uri(dashboard.Pages, "/v1/traces").ToString(), Request(Ids(16), Ids(8)).ToByteArray());
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, telemetry.StatusCode);
        Assert.Equal(0, dashboard.Service<TraceStore>().SpanCount);
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, byte[] body, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return await http.PostAsync(path, content, TestContext.Current.CancellationToken);
    }

    private static ExportTraceServiceRequest Request(ByteString traceId, ByteString spanId) => new()
    {
        ResourceSpans =
        {
            new ResourceSpans { ScopeSpans = { new ScopeSpans { Spans = { new OtlpSpan { TraceId = traceId, SpanId = spanId, Name = "good" } } } } },
        },
    };

    private static ByteString Ids(int length) => ByteString.CopyFrom(Enumerable.Range(1, length).Select(i => (byte)i).ToArray());

    private static byte[] Compress(byte[] body)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            zip.Write(body);
        }

        return buffer.ToArray();
    }
}
