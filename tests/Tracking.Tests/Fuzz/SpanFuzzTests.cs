using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using MlKit.Tracking.Traces.Otlp;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Resource.V1;
using OpenTelemetry.Proto.Trace.V1;
using Span = OpenTelemetry.Proto.Trace.V1.Span;

namespace MlKit.Tests.Fuzz;

/// <summary>100,000 exports of spans with something changed, in both forms: each is stored or refused, and none is a failure.</summary>
public sealed class SpanFuzzTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private const int Cases = 100_000;
    private const int Connections = 8;

    private const string Json = """
        {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"s"}}]},"scopeSpans":[{"scope":{"name":"x"},"spans":[
         {"traceId":"0102030405060708090a0b0c0d0e0f10","spanId":"0102030405060708","parentSpanId":"","name":"n","kind":1,
          "startTimeUnixNano":"1767225600000000000","endTimeUnixNano":"1767225601000000000","status":{"code":1,"message":"m"},
          "attributes":[{"key":"mlflow.spanInputs","value":{"stringValue":"{\"q\":[1,2]}"}},{"key":"a","value":{"arrayValue":{"values":[{"intValue":"1"},{"doubleValue":1.5},{"boolValue":true},{"bytesValue":"AQI="}]}}},
           {"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}],
          "events":[{"name":"exception","timeUnixNano":"1767225600500000000","attributes":[{"key":"k","value":{"stringValue":"v"}}]}],
          "links":[{"traceId":"0102030405060708090a0b0c0d0e0f11","spanId":"0102030405060709"}]}]}]}]}
        """;

    [Fact]
    public async Task Any_export_is_answered_without_a_failure_of_the_server()
    {
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(seed => Task.Run(() => SendAsync(new Random(seed)))));
        Assert.Equal("OK", await fixture.Api.Http.GetStringAsync("health", TestContext.Current.CancellationToken));
    }

    private async Task SendAsync(Random random)
    {
        using var http = fixture.Server.CreateClient();
        for (var i = 0; i < Cases / Connections; i++)
        {
            var isJson = random.Next(2) == 0;
            var body = isJson ? JsonMutator.Mutate(Json, random) : Binary(random);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(isJson ? "application/json" : "application/x-protobuf");
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/traces") { Content = content };
            request.Headers.Add(OtlpEndpoints.ExperimentHeader, random.Next(20) == 0 ? "99" : "0");
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {(isJson ? Encoding.UTF8.GetString(body) : Convert.ToHexString(body))}");
        }
    }

    private static byte[] Binary(Random random)
    {
        var span = new Span
        {
            TraceId = Bytes(random, 16),
            SpanId = Bytes(random, 8),
            Name = random.Next(5) == 0 ? new string('\0', 300) : "n",
            StartTimeUnixNano = random.Next(4) == 0 ? ulong.MaxValue : 1_767_225_600_000_000_000,
            EndTimeUnixNano = random.Next(4) == 0 ? 1UL : 1_767_225_601_000_000_000,
            Attributes = { new KeyValue { Key = random.Next(2) == 0 ? "mlflow.spanOutputs" : "", Value = Deep(random.Next(80)) } },
        };
        var export = new ExportTraceServiceRequest
        {
            ResourceSpans = { new ResourceSpans { Resource = new Resource(), ScopeSpans = { new ScopeSpans { Spans = { span } } } } },
        };
        var bytes = export.ToByteArray();
        for (var damages = random.Next(3); damages > 0; damages--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(10) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    // Now and then an id of a wrong length, and often one that was there before.
    private static ByteString Bytes(Random random, int length) =>
        ByteString.CopyFrom([.. Enumerable.Repeat((byte)random.Next(50), random.Next(10) == 0 ? random.Next(20) : length)]);

    private static AnyValue Deep(int levels)
    {
        var value = new AnyValue { DoubleValue = double.NaN };
        for (var i = 0; i < levels; i++)
        {
            value = new AnyValue { ArrayValue = new ArrayValue { Values = { value } } };
        }

        return value;
    }
}
