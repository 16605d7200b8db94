namespace MlKit.Dashboard.Telemetry;

/// <summary>One finished operation of a trace. Times are nanoseconds since 1970-01-01 UTC, as OTLP gives them.</summary>
public sealed class Span
{
    /// <summary>The trace it belongs to.</summary>
    public required TraceId TraceId { get; init; }

    /// <summary>Its name within the trace.</summary>
    public required SpanId Id { get; init; }

    /// <summary>The span that caused it; empty for a root.</summary>
    public SpanId ParentId { get; init; }

    /// <summary>Who sent it.</summary>
    public required TelemetryResource Resource { get; init; }

    /// <summary>The instrumentation scope, for example an activity source.</summary>
    public required string Scope { get; init; }

    /// <summary>What was done, for example <c>GET /recommendations/{userId}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its role in a call.</summary>
    public SpanKind Kind { get; init; }

    /// <summary>True when the sender marked it as failed.</summary>
    public bool IsError { get; init; }

    /// <summary>What the sender said about the failure; empty if nothing.</summary>
    public string StatusMessage { get; init; } = "";

    /// <summary>When it began.</summary>
    public required long StartNanos { get; init; }

    /// <summary>When it ended; never before <see cref="StartNanos"/>.</summary>
    public required long EndNanos { get; init; }

    /// <summary>What the sender recorded about it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; init; } = [];

    /// <summary>Things that happened within it, such as exceptions.</summary>
    public IReadOnlyList<SpanEvent> Events { get; init; } = [];

    /// <summary>Spans of other traces that it refers to.</summary>
    public IReadOnlyList<SpanLink> Links { get; init; } = [];

    /// <summary>End minus start.</summary>
    public long DurationNanos => EndNanos - StartNanos;
}

/// <summary>A point in time within a span.</summary>
/// <param name="Name">What happened, for example <c>exception</c>.</param>
/// <param name="TimeNanos">When, in nanoseconds since 1970.</param>
/// <param name="Attributes">Further facts.</param>
public sealed record SpanEvent(string Name, long TimeNanos, IReadOnlyList<KeyValuePair<string, string>> Attributes);

/// <summary>A reference from a span to a span of another trace.</summary>
/// <param name="TraceId">The other trace.</param>
/// <param name="SpanId">The span in it.</param>
/// <param name="Attributes">Further facts.</param>
public sealed record SpanLink(TraceId TraceId, SpanId SpanId, IReadOnlyList<KeyValuePair<string, string>> Attributes);

/// <summary>A span's role in a call; the numbers are OTLP's.</summary>
public enum SpanKind : byte
{
    /// <summary>The sender did not say.</summary>
    Unspecified,

    /// <summary>Work within a process.</summary>
    Internal,

    /// <summary>Answers a remote request.</summary>
    Server,

    /// <summary>Makes a remote request.</summary>
    Client,

    /// <summary>Sends a message.</summary>
    Producer,

    /// <summary>Handles a message.</summary>
    Consumer,
}
