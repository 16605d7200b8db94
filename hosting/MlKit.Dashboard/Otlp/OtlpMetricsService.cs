using Grpc.Core;
using OpenTelemetry.Proto.Collector.Metrics.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>Receives metrics by gRPC.</summary>
internal sealed class OtlpMetricsService(OtlpReceiver receiver) : MetricsService.MetricsServiceBase
{
    /// <inheritdoc/>
    public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(receiver.Receive(request));
}
