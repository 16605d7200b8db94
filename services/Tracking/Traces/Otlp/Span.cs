namespace MlKit.Tracking.Traces.Otlp;

/// <summary>One span as it is stored.</summary>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="ParentId">The span that it is part of; null for the root of a trace.</param>
/// <param name="Name">What was done.</param>
/// <param name="Type">MLflow's kind of work, <c>UNKNOWN</c> where none is said.</param>
/// <param name="Status">OK, ERROR or UNSET.</param>
/// <param name="StartNs">Unix time in nanoseconds.</param>
/// <param name="EndNs">The same; null while it goes on.</param>
/// <param name="Content">The whole span in protobuf's JSON.</param>
internal sealed record Span(
    string SpanId, string? ParentId, string Name, string Type, string Status, long StartNs, long? EndNs, string Content);
