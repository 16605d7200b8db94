using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.History;

/// <summary>Everything that is known about one run of the application: what the pages show.</summary>
internal sealed class RunStores(TelemetryLimits limits)
{
    /// <summary>Who sent telemetry.</summary>
    public ResourceRegistry Senders { get; } = new(limits);

    /// <summary>Structured logs.</summary>
    public LogStore Logs { get; } = new(limits);

    /// <summary>Traces.</summary>
    public TraceStore Traces { get; } = new(limits);

    /// <summary>Metrics.</summary>
    public MetricStore Metrics { get; } = new(limits);

    /// <summary>The host's resources.</summary>
    public ResourceStore Resources { get; } = new();

    /// <summary>Their console lines.</summary>
    public ConsoleLogStore Console { get; } = new(limits);
}
