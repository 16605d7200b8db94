namespace MlKit.Dashboard.Configuration;

/// <summary>How much telemetry is kept in memory. Where a limit is reached the oldest goes first and is counted.</summary>
internal sealed record TelemetryLimits
{
    /// <summary>Log entries over all resources.</summary>
    public int MaxLogCount { get; init; } = 10_000;

    /// <summary>Traces over all resources.</summary>
    public int MaxTraceCount { get; init; } = 10_000;

    /// <summary>Spans over all traces: twenty per trace on average.</summary>
    public int MaxSpanCount { get; init; } = 200_000;

    /// <summary>Points of one instrument with one set of attributes.</summary>
    public int MaxMetricsCount { get; init; } = 50_000;

    /// <summary>Sets of attributes of one instrument.</summary>
    public int MaxDimensionCount { get; init; } = 2_000;

    /// <summary>Sets of attributes over all instruments.</summary>
    public int MaxSeriesCount { get; init; } = 20_000;

    /// <summary>Points over all instruments; the longest series lose their older half first.</summary>
    public int MaxPointCount { get; init; } = 400_000;

    /// <summary>Attributes of one log entry, span, event or point.</summary>
    public int MaxAttributeCount { get; init; } = 128;

    /// <summary>Characters of one attribute value or log message.</summary>
    public int MaxAttributeLength { get; init; } = 16_384;

    /// <summary>Events of one span.</summary>
    public int MaxSpanEventCount { get; init; } = 1_000;

    /// <summary>Resources that sent telemetry.</summary>
    public int MaxResourceCount { get; init; } = 10_000;

    /// <summary>Console lines of one resource.</summary>
    public int MaxConsoleLineCount { get; init; } = 10_000;
}
