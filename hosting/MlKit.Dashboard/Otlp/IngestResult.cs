namespace MlKit.Dashboard.Otlp;

/// <summary>How a batch fared; it becomes OTLP's partial success.</summary>
/// <param name="Accepted">Records that are stored now.</param>
/// <param name="Rejected">Records that were refused.</param>
/// <param name="Reason">Why the last one was refused; empty if none was.</param>
internal readonly record struct IngestResult(int Accepted, int Rejected, string Reason)
{
    /// <summary>Why records of a sender beyond the limit are refused.</summary>
    public const string TooManyResources = "too many resources send telemetry; see Dashboard:TelemetryLimits:MaxResourceCount";
}
