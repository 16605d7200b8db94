namespace MlKit.Dashboard.Telemetry;

/// <summary>What a list shows about a trace, as of one moment.</summary>
/// <param name="Id">The trace's name.</param>
/// <param name="Name">The root span's name.</param>
/// <param name="RootResource">Where it began.</param>
/// <param name="StartNanos">The earliest start, in nanoseconds since 1970.</param>
/// <param name="DurationNanos">From the earliest start to the latest end.</param>
/// <param name="SpanCount">Spans that have arrived.</param>
/// <param name="ErrorCount">Spans that are marked as failed.</param>
/// <param name="Resources">The services that took part, with their spans.</param>
public sealed record TraceSummary(
    TraceId Id,
    string Name,
    TelemetryResource RootResource,
    long StartNanos,
    long DurationNanos,
    int SpanCount,
    int ErrorCount,
    IReadOnlyList<(TelemetryResource Resource, int Count)> Resources);
