using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MlKit.Mlflow;

/// <summary>
/// What the client tells about itself. Add source and meter <see cref="Name"/> to OpenTelemetry to see them: one span
/// per call (attempts of a repeated call are together in it), and how long calls took, were repeated or waited.
/// </summary>
public static class MlflowTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "MlKit.Mlflow";

    internal static ActivitySource Source { get; } = new(Name);

    private static Meter Meter { get; } = new(Name);

    internal static Histogram<double> Duration { get; } = Meter.CreateHistogram<double>(
        "mlflow.client.operation.duration", "s", "How long calls took, repetitions included.");

    internal static Counter<long> Retries { get; } = Meter.CreateCounter<long>(
        "mlflow.client.retries", "{retry}", "Calls that were repeated after a passing failure.");

    internal static UpDownCounter<long> Pending { get; } = Meter.CreateUpDownCounter<long>(
        "mlflow.client.logger.pending", "{item}", "Metrics, params and tags that wait to be sent.");

    internal static Counter<long> Rejected { get; } = Meter.CreateCounter<long>(
        "mlflow.client.logger.rejected", "{item}", "Metrics, params and tags that the server refused for good.");
}
