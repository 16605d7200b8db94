using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MlKit.Dashboard.Telemetry;
using MlKit.Dashboard.Tests.Running;
using OpenTelemetry.Exporter;

namespace MlKit.Dashboard.Tests.Otlp;

public sealed class ReceivingTelemetryTests
{
    public static TheoryData<OtlpExportProtocol> Protocols => [OtlpExportProtocol.Grpc, OtlpExportProtocol.HttpProtobuf];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Spans_logs_and_points_of_the_sdk_arrive_and_are_shown(OtlpExportProtocol protocol)
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        using var sender = new TelemetrySender("scorer", dashboard, protocol);
        string traceId;
        using (var parent = sender.Source.StartActivity("GET /infer", ActivityKind.Server))
        {
            traceId = parent!.TraceId.ToHexString();
            using var child = sender.Source.StartActivity("read model");
            child!.SetTag("model.version", 7);
            child.AddEvent(new ActivityEvent("loaded"));
            child.SetStatus(ActivityStatusCode.Error, "model is missing");
#pragma warning disable CA1848, CA2254 // a test's log needs no source generation
            sender.Log.LogWarning("Scored {Count} items", 12);
#pragma warning restore CA1848, CA2254
        }

        sender.Meter.CreateCounter<long>("scored.items", "{item}").Add(12);
        sender.Flush();

        var span = dashboard.Service<TraceStore>().Spans(Parse(traceId)).Single(span => span.Name == "read model");
        Assert.Equal("scorer", span.Resource.Name);
        Assert.Equal("scorer-abcdefgh", span.Resource.InstanceId);
        Assert.True(span.IsError);
        Assert.Contains(new KeyValuePair<string, string>("model.version", "7"), span.Attributes);
        Assert.Equal("loaded", Assert.Single(span.Events).Name);

        var entry = Assert.Single(dashboard.Service<LogStore>().Query(new LogFilter()));
        Assert.Equal("Scored 12 items", entry.Message);
        Assert.Equal(LogSeverity.Warning, entry.Severity);
        Assert.Equal(traceId, entry.TraceId.ToString());
        Assert.Equal(new KeyValuePair<string, string>("Count", "12"), Assert.Single(entry.Attributes));

        Assert.Contains("Scored 12 items", await dashboard.PageAsync("structuredlogs"));
        Assert.Contains("GET /infer", await dashboard.PageAsync("traces"));
        Assert.Contains("read model", await dashboard.PageAsync($"traces/{traceId}?span={span.Id}"));
        Assert.Contains("model is missing", await dashboard.PageAsync($"traces/{traceId}?span={span.Id}"));
        Assert.Contains("scored.items", await dashboard.PageAsync("metrics"));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Telemetry_with_a_wrong_key_or_none_is_refused_and_counted(OtlpExportProtocol protocol)
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync("--Dashboard:Otlp:PrimaryApiKey=right");
        foreach (var key in new[] { null, "wrong", "right" })
        {
            using var sender = new TelemetrySender("api", dashboard, protocol, key);
            sender.Source.StartActivity(key ?? "none")!.Dispose();
            sender.Flush();
        }

        var (traces, _) = dashboard.Service<TraceStore>().Query(new Dashboard.Telemetry.TraceFilter(), 10);
        Assert.Equal("right", Assert.Single(traces).Name);
        Assert.True(dashboard.Service<Dashboard.Otlp.OtlpStatistics>().Unauthorised >= 2);
    }

    private static TraceId Parse(string id) => TraceId.TryParse(id, out var parsed) ? parsed : throw new FormatException(id);
}
