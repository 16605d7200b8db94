using Microsoft.Extensions.Logging.Abstractions;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Otlp;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.ResourceService;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.History;

/// <summary>Receives again what a run had received.</summary>
internal sealed class RunReplay(TelemetryLimits limits, OtlpAttributes attributes, TimeProvider time)
{
    /// <summary>A past run as it was at its end. It takes no commands.</summary>
    public RunStores Read(RunDatabase database)
    {
        var stores = new RunStores(limits);
        stores.Resources.Restore(database.ReadResources().Select(ToSnapshot));
        foreach (var payload in database.Read(RecordedSignal.Console, long.MaxValue))
        {
            stores.Console.Add(LogLines.Parser.ParseFrom(payload).Lines.Select(line => ResourceMapping.ToLine(line, time)));
        }

        Telemetry(database, stores);
        return stores;
    }

    /// <summary>Adds the telemetry alone: the host tells the rest again.</summary>
    public void Telemetry(RunDatabase database, RunStores stores)
    {
        var ingest = new OtlpIngest(stores, attributes, limits, new OtlpStatistics(NullLogger<OtlpStatistics>.Instance), time);
        foreach (var payload in database.Read(RecordedSignal.Traces, limits.MaxSpanCount))
        {
            ingest.Add(ExportTraceServiceRequest.Parser.ParseFrom(payload));
        }

        foreach (var payload in database.Read(RecordedSignal.Logs, limits.MaxLogCount))
        {
            ingest.Add(ExportLogsServiceRequest.Parser.ParseFrom(payload));
        }

        foreach (var payload in database.Read(RecordedSignal.Metrics, limits.MaxPointCount))
        {
            ingest.Add(ExportMetricsServiceRequest.Parser.ParseFrom(payload));
        }
    }

    private static ResourceSnapshot ToSnapshot(RecordedResource resource) => ResourceMapping.ToSnapshot(Resource.Parser.ParseFrom(resource.Payload)) with
    {
        FirstRunningAt = resource.RunningAt,
        FirstHealthyAt = resource.HealthyAt,
        Commands = [],
    };
}
