using Grpc.Core;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>Receives spans by gRPC.</summary>
internal sealed class OtlpTraceService(OtlpReceiver receiver) : TraceService.TraceServiceBase
{
    /// <inheritdoc/>
    public override Task<ExportTraceServiceResponse> Export(ExportTraceServiceRequest request, ServerCallContext context) =>
        Task.FromResult(receiver.Receive(request));
}
