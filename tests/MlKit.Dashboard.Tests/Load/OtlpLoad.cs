using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Common.V1;
using OpenTelemetry.Proto.Logs.V1;
using OpenTelemetry.Proto.Metrics.V1;
using OpenTelemetry.Proto.Trace.V1;
using Resource = OpenTelemetry.Proto.Resource.V1.Resource;

namespace MlKit.Dashboard.Tests.Load;

/// <summary>Sends as many spans, logs and points as wanted, as busy web services would, and garbage between them.</summary>
internal sealed class OtlpLoad(Uri otlpHttp) : IDisposable
{
    private const int BatchSize = 1_000;
    private static readonly string[] Services = ["recommendations", "feast", "scorer", "mlflow", "training"];
    private static readonly string[] Routes = ["GET /recommendations/{userId}", "POST /get-online-features", "POST /v2/models/ranker/infer", "GET /api/2.0/mlflow/runs/get", "read"];
    private readonly HttpClient _http = new() { BaseAddress = otlpHttp };
    private readonly Random _random = new(42);
    private readonly ulong _start = (ulong)(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - 600_000) * 1_000_000;

    /// <summary>Sends spans, each with ten attributes of which three are its own.</summary>
    public async Task SpansAsync(int count, int perTrace)
    {
        for (var from = 0; from < count; from += BatchSize)
        {
            var request = new ExportTraceServiceRequest();
            for (var i = from; i < Math.Min(count, from + BatchSize); i++)
            {
                var service = i % perTrace % Services.Length;
                var scope = new ScopeSpans { Scope = new InstrumentationScope { Name = "Microsoft.AspNetCore" } };
                scope.Spans.Add(Span(i, perTrace, service));
                request.ResourceSpans.Add(new ResourceSpans { Resource = Sender(service), ScopeSpans = { scope } });
            }

            await PostAsync("/v1/traces", request.ToByteArray());
        }
    }

    /// <summary>Sends log records, each with eight attributes; one of a thousand says "needle".</summary>
    public async Task LogsAsync(int count)
    {
        for (var from = 0; from < count; from += BatchSize)
        {
            var scope = new ScopeLogs { Scope = new InstrumentationScope { Name = "Scorer.Inference" } };
            for (var i = from; i < Math.Min(count, from + BatchSize); i++)
            {
                var record = new LogRecord
                {
                    TimeUnixNano = _start + ((ulong)i * 1_000_000),
                    SeverityNumber = i % 50 == 0 ? SeverityNumber.Error : SeverityNumber.Info,
                    Body = new AnyValue { StringValue = string.Create(CultureInfo.InvariantCulture, $"{(i % 1_000 == 0 ? "needle: " : "")}Scored {i % 100} items for user {i} in {i % 37} ms") },
                };
                record.Attributes.AddRange(Attributes(i, 8));
                scope.LogRecords.Add(record);
            }

            await PostAsync("/v1/logs", new ExportLogsServiceRequest { ResourceLogs = { new ResourceLogs { Resource = Sender(2), ScopeLogs = { scope } } } }.ToByteArray());
        }
    }

    /// <summary>Sends points of counters and histograms, so many for each of so many series.</summary>
    public async Task PointsAsync(int series, int pointsPerSeries)
    {
        for (var p = 0; p < pointsPerSeries; p++)
        {
            var counter = new Metric { Name = "http.server.requests", Sum = new Sum { IsMonotonic = true, AggregationTemporality = AggregationTemporality.Cumulative } };
            var histogram = new Metric { Name = "http.server.request.duration", Unit = "s", Histogram = new Histogram { AggregationTemporality = AggregationTemporality.Cumulative } };
            var time = _start + ((ulong)p * 600_000_000_000 / (ulong)pointsPerSeries);
            for (var s = 0; s < series; s++)
            {
                var route = new KeyValue { Key = "http.route", Value = new AnyValue { StringValue = $"/route/{s}" } };
                if (s % 2 == 0)
                {
                    counter.Sum.DataPoints.Add(new NumberDataPoint { TimeUnixNano = time, AsInt = p * (s + 1), Attributes = { route } });
                }
                else
                {
                    histogram.Histogram.DataPoints.Add(new HistogramDataPoint
                    {
                        TimeUnixNano = time,
                        Count = (ulong)(p * 3),
                        Sum = p,
                        ExplicitBounds = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5 },
                        BucketCounts = { Enumerable.Range(0, 11).Select(b => (ulong)(b == s % 11 ? p * 3 : 0)) },
                        Attributes = { route },
                    });
                }
            }

            var scope = new ScopeMetrics { Scope = new InstrumentationScope { Name = "Microsoft.AspNetCore.Hosting" }, Metrics = { counter, histogram } };
            await PostAsync("/v1/metrics", new ExportMetricsServiceRequest { ResourceMetrics = { new ResourceMetrics { Resource = Sender(0), ScopeMetrics = { scope } } } }.ToByteArray());
        }
    }

    /// <summary>Sends bytes that are no telemetry.</summary>
    public async Task GarbageAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var garbage = new byte[_random.Next(1, 4_000)];
            _random.NextBytes(garbage);
            await PostAsync(i % 3 == 0 ? "/v1/traces" : i % 3 == 1 ? "/v1/logs" : "/v1/metrics", garbage);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var answer = await _http.PostAsync(path, content);
    }

    private Span Span(int i, int perTrace, int service)
    {
        var trace = i / perTrace;
        var place = i % perTrace;
        var start = _start + ((ulong)trace * 1_000_000) + ((ulong)place * 200_000);
        var span = new Span
        {
            TraceId = Id(16, trace + 1),
            SpanId = Id(8, i + 1),
            ParentSpanId = place == 0 ? ByteString.Empty : Id(8, i - place + 1),
            Name = Routes[service],
            Kind = OpenTelemetry.Proto.Trace.V1.Span.Types.SpanKind.Server,
            StartTimeUnixNano = start,
            EndTimeUnixNano = start + (ulong)((1 + (i % 97)) * 100_000),
            Status = i % 500 == 0 ? new Status { Code = Status.Types.StatusCode.Error, Message = "failed" } : null,
        };
        span.Attributes.AddRange(Attributes(i, 10));
        return span;
    }

    // Three values of each record are its own, the others repeat.
    private static IEnumerable<KeyValue> Attributes(int i, int count) => Enumerable.Range(0, count).Select(a => new KeyValue
    {
        Key = $"http.attribute.{a}",
        Value = new AnyValue { StringValue = a < 3 ? $"own value {a} of record {i}" : $"shared value {(i + a) % 20}" },
    });

    private static Resource Sender(int service) => new()
    {
        Attributes =
        {
            new KeyValue { Key = "service.name", Value = new AnyValue { StringValue = Services[service] } },
            new KeyValue { Key = "service.instance.id", Value = new AnyValue { StringValue = $"{Services[service]}-1" } },
        },
    };

    private static ByteString Id(int length, int number)
    {
        var bytes = new byte[length];
        BitConverter.TryWriteBytes(bytes, number);
        bytes[^1] = 1;
        return ByteString.CopyFrom(bytes);
    }
}
