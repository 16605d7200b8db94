namespace MlKit.Dashboard.Telemetry;

/// <summary>
/// One measurement, cumulative where the instrument is a counter or histogram. A value that does not change is one
/// point whose end moves, so that idle instruments cost nothing.
/// </summary>
/// <param name="StartNanos">When the value was first seen, in nanoseconds since 1970.</param>
/// <param name="EndNanos">When it was last seen.</param>
/// <param name="Value">The value; for a histogram the sum of all recorded values.</param>
/// <param name="Count">How many values a histogram holds; 0 otherwise.</param>
/// <param name="Buckets">A histogram's counts; null otherwise.</param>
public readonly record struct MetricPoint(long StartNanos, long EndNanos, double Value, ulong Count = 0, HistogramBuckets? Buckets = null);

/// <summary>The counts of a histogram.</summary>
/// <param name="Bounds">Upper bounds of all buckets but the last, ascending.</param>
/// <param name="Counts">Values per bucket, one more than bounds.</param>
public sealed record HistogramBuckets(double[] Bounds, ulong[] Counts);

/// <summary>A measurement kept as an example, with the trace that it was made in.</summary>
/// <param name="TimeNanos">When, in nanoseconds since 1970.</param>
/// <param name="Value">The measured value.</param>
/// <param name="TraceId">The trace.</param>
/// <param name="SpanId">The span.</param>
public readonly record struct Exemplar(long TimeNanos, double Value, TraceId TraceId, SpanId SpanId);
