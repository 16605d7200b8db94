using Grpc.Core;
using OpenTelemetry.Proto.Collector.Logs.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>Receives log records by gRPC.</summary>
internal sealed class OtlpLogsService(OtlpReceiver receiver) : LogsService.LogsServiceBase
{
    /// <inheritdoc/>
    public override Task<ExportLogsServiceResponse> Export(ExportLogsServiceRequest request, ServerCallContext context) =>
        Task.FromResult(receiver.Receive(request));
}
