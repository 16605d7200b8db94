using System.Text.Json;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Traces.Otlp;

/// <summary>Reads and stores spans inside a session.</summary>
internal static class SpanStore
{
    /// <summary>
    /// Stores spans with the trace that they belong to, which they make where it is not there yet. A span that comes
    /// again replaces the first. A trace whose root is among them belongs to <paramref name="run"/>, where that is not empty.
    /// </summary>
    public static void Log(SqlSession session, string experimentId, IReadOnlyCollection<TraceSpans> traces, string run)
    {
        var experiment = ExperimentStore.RequireActive(session, experimentId);
        foreach (var spans in traces)
        {
            Log(session, experiment, spans, run);
        }
    }

    /// <summary>The spans of a trace, its root first, then by time.</summary>
    public static List<RawJson> Read(SqlSession session, long trace) => session.Query(
        "SELECT content FROM spans WHERE trace = $1 ORDER BY CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END, start_ns, span_id",
        row => new RawJson(row.GetString(0)), trace);

    /// <summary>How many spans the client says that the trace has; 0 where it does not say.</summary>
    public static int Expected(SqlSession session, long trace)
    {
        try
        {
            using var statistics = JsonDocument.Parse(TraceStore.Metadata(session, trace, TraceKeys.SizeStatistics) ?? "{}");
            return statistics.RootElement.ValueKind == JsonValueKind.Object
                && statistics.RootElement.TryGetProperty("num_spans", out var count)
                && count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var number) ? number : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static void Log(SqlSession session, Experiment experiment, TraceSpans spans, string run)
    {
        var state = spans.RootState ?? TraceKeys.InProgress;
        var known = TraceStore.Find(session, spans.TraceId);
        var number = known?.Number ?? TraceStore.Insert(
            session, spans.TraceId, experiment, spans.StartMs, spans.EndMs - spans.StartMs, state);
        if (known is not null)
        {
            Extend(session, known, spans);
        }

        session.Execute(
            "UPDATE traces SET request_preview = COALESCE(request_preview, $2), response_preview = COALESCE(response_preview, $3) WHERE trace = $1",
            number, spans.RequestPreview, spans.ResponsePreview);
        AddMetadata(session, number, TraceKeys.Session, spans.Session);
        AddMetadata(session, number, TraceKeys.User, spans.User);
        AddMetadata(session, number, TraceKeys.SourceRun, spans.RootState is not null && run.Length > 0 ? run : null);
        TraceStore.SetTags(session, number, spans.Tags);
        TraceStore.SetTag(session, number, TraceKeys.SpansLocation, TraceKeys.SpansHere);
        session.ExecuteMany(
            "INSERT INTO spans (trace, span_id, parent_id, name, type, status, start_ns, content) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
            + "ON CONFLICT (trace, span_id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name, type = excluded.type, "
            + "status = excluded.status, start_ns = excluded.start_ns, content = excluded.content",
            spans.Spans, (parameters, span) => Bind(parameters, number, span));
    }

    /// <summary>A trace reaches from its first span to its last, unless its client has said from when to when.</summary>
    private static void Extend(SqlSession session, Trace trace, TraceSpans spans)
    {
        var state = trace.State is TraceKeys.InProgress or TraceKeys.Unspecified ? spans.RootState ?? trace.State : trace.State;
        var (start, duration) = (trace.TimestampMs, trace.ExecutionMs);
        if (TraceStore.Metadata(session, trace.Number, TraceKeys.Finalized) is null)
        {
            start = Math.Min(start, spans.StartMs);
            var end = trace.TimestampMs + trace.ExecutionMs;
            duration = (end is null || spans.EndMs > end ? spans.EndMs : end) - start;
        }

        session.Execute(
            "UPDATE traces SET timestamp_ms = $2, execution_ms = $3, state = $4 WHERE trace = $1", trace.Number, start, duration, state);
    }

    private static void AddMetadata(SqlSession session, long trace, string key, string? value)
    {
        if (value is not null && TraceStore.Metadata(session, trace, key) is null)
        {
            TraceStore.SetMetadata(session, trace, key, value);
        }
    }

    private static void Bind(IParameterList parameters, long trace, Span span)
    {
        parameters.Add(trace);
        parameters.Add(span.SpanId);
        parameters.Add(span.ParentId);
        parameters.Add(span.Name);
        parameters.Add(span.Type);
        parameters.Add(span.Status);
        parameters.Add(span.StartNs);
        parameters.Add(span.Content);
    }
}
