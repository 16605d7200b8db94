using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.History;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>Puts OTLP requests into the stores of a run.</summary>
internal sealed class OtlpIngest
{
    private readonly TraceIngest _traces;
    private readonly LogIngest _logs;
    private readonly MetricIngest _metrics;

    /// <summary>Creates the three signals' ingests over one run's stores.</summary>
    public OtlpIngest(RunStores stores, OtlpAttributes attributes, TelemetryLimits limits, OtlpStatistics statistics, TimeProvider time)
    {
        var senders = new OtlpResources(stores.Senders, attributes);
        _traces = new TraceIngest(stores.Traces, senders, attributes, limits, statistics);
        _logs = new LogIngest(stores.Logs, senders, attributes, statistics, time);
        _metrics = new MetricIngest(stores.Metrics, senders, attributes, statistics);
    }

    /// <summary>Stores spans.</summary>
    public IngestResult Add(ExportTraceServiceRequest request) => _traces.Add(request);

    /// <summary>Stores log records.</summary>
    public IngestResult Add(ExportLogsServiceRequest request) => _logs.Add(request);

    /// <summary>Stores metric points.</summary>
    public IngestResult Add(ExportMetricsServiceRequest request) => _metrics.Add(request);
}
