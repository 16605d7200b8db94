using MlKit.Dashboard.History;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>What both protocols do with a request: show it, keep it for later runs, answer.</summary>
internal sealed class OtlpReceiver(OtlpIngest ingest, RunRecorder recorder)
{
    /// <summary>Takes spans.</summary>
    public ExportTraceServiceResponse Receive(ExportTraceServiceRequest request)
    {
        var result = ingest.Add(request);
        recorder.Record(RecordedSignal.Traces, result.Accepted, request);
        return OtlpResponses.ForTraces(result);
    }

    /// <summary>Takes log records.</summary>
    public ExportLogsServiceResponse Receive(ExportLogsServiceRequest request)
    {
        var result = ingest.Add(request);
        recorder.Record(RecordedSignal.Logs, result.Accepted, request);
        return OtlpResponses.ForLogs(result);
    }

    /// <summary>Takes metric points.</summary>
    public ExportMetricsServiceResponse Receive(ExportMetricsServiceRequest request)
    {
        var result = ingest.Add(request);
        recorder.Record(RecordedSignal.Metrics, result.Accepted, request);
        return OtlpResponses.ForMetrics(result);
    }
}
