namespace MlKit.Dashboard.Telemetry;

/// <summary>One structured log record.</summary>
public sealed class LogEntry
{
    /// <summary>Counts from 1 in the order of arrival; names the entry in addresses.</summary>
    public required long Number { get; init; }

    /// <summary>Who sent it.</summary>
    public required TelemetryResource Resource { get; init; }

    /// <summary>The logger's category.</summary>
    public required string Scope { get; init; }

    /// <summary>When it was written, in nanoseconds since 1970-01-01 UTC.</summary>
    public required long TimeNanos { get; init; }

    /// <summary>How serious it is.</summary>
    public required LogSeverity Severity { get; init; }

    /// <summary>The formatted message.</summary>
    public required string Message { get; init; }

    /// <summary>The event's name; empty if the sender gave none.</summary>
    public string EventName { get; init; } = "";

    /// <summary>The trace it was written in; empty outside of one.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>The span it was written in; empty outside of one.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Values of the message template and whatever else the sender recorded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];
}

/// <summary>Log levels, one per group of four of OTLP's severity numbers.</summary>
public enum LogSeverity : byte
{
    /// <summary>Finest detail.</summary>
    Trace,

    /// <summary>For developers.</summary>
    Debug,

    /// <summary>The normal course of things.</summary>
    Information,

    /// <summary>Unexpected, yet handled.</summary>
    Warning,

    /// <summary>An operation failed.</summary>
    Error,

    /// <summary>The process cannot go on.</summary>
    Critical,
}
