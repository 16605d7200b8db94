using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MlKit.Dashboard.Tests.Running;

/// <summary>A service with the OpenTelemetry SDK, as the dashboard's real senders have.</summary>
internal sealed class TelemetrySender : IDisposable
{
    private readonly TracerProvider _tracing;
    private readonly MeterProvider _metering;
    private readonly ILoggerFactory _logging;

    public TelemetrySender(string service, DashboardInstance dashboard, OtlpExportProtocol protocol, string? key = null)
        : this(service, protocol == OtlpExportProtocol.Grpc ? dashboard.OtlpGrpc : dashboard.OtlpHttp, protocol, key)
    {
    }

    public TelemetrySender(string service, Uri address, OtlpExportProtocol protocol, string? key = null)
    {
        // Sources of one name in two tests would hear each other.
        var name = $"{service}.{Guid.NewGuid():N}";
        Source = new ActivitySource(name);
        Meter = new Meter(name);
        var resource = ResourceBuilder.CreateEmpty().AddService(service, serviceInstanceId: $"{service}-abcdefgh");
        void To(OtlpExporterOptions options, string path)
        {
            options.Protocol = protocol;
            options.Endpoint = protocol == OtlpExportProtocol.Grpc ? address : new Uri(address, path);
            options.Headers = key is null ? "" : $"x-otlp-api-key={key}";
        }

        _tracing = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(name).AddOtlpExporter(options => To(options, "v1/traces")).Build();
        _metering = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(name).AddOtlpExporter(options => To(options, "v1/metrics")).Build();
        _logging = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(resource).AddOtlpExporter(exporter => To(exporter, "v1/logs"));
        }));
        Log = _logging.CreateLogger($"{service}.Category");
    }

    public ActivitySource Source { get; }

    public Meter Meter { get; }

    public ILogger Log { get; }

    /// <summary>Sends all that waits.</summary>
    public void Flush()
    {
        _tracing.ForceFlush();
        _metering.ForceFlush();
        _logging.Dispose();
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _metering.Dispose();
        _logging.Dispose();
        Source.Dispose();
        Meter.Dispose();
    }
}
