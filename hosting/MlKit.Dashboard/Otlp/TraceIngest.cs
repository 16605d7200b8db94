using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.Telemetry;
using OpenTelemetry.Proto.Collector.Trace.V1;
using OpenTelemetry.Proto.Trace.V1;
using OtlpSpan = OpenTelemetry.Proto.Trace.V1.Span;
using Span = MlKit.Dashboard.Telemetry.Span;

namespace MlKit.Dashboard.Otlp;

/// <summary>Stores the spans of OTLP requests.</summary>
internal sealed class TraceIngest(
    TraceStore store, OtlpResources resources, OtlpAttributes attributes, TelemetryLimits limits, OtlpStatistics statistics)
{
    /// <summary>Stores what is valid and says what is not.</summary>
    public IngestResult Add(ExportTraceServiceRequest request)
    {
        var spans = new List<Span>();
        var rejected = 0;
        var reason = "";
        foreach (var group in request.ResourceSpans)
        {
            var resource = resources.Resolve(group.Resource);
            foreach (var scope in group.ScopeSpans)
            {
                var scopeName = attributes.Share(scope.Scope?.Name ?? "");
                foreach (var span in scope.Spans)
                {
                    if (resource is null || Convert(span, resource, scopeName, ref reason) is not { } converted)
                    {
                        reason = resource is null ? IngestResult.TooManyResources : reason;
                        rejected++;
                    }
                    else
                    {
                        spans.Add(converted);
                    }
                }
            }
        }

        store.Add(spans);
        var result = new IngestResult(spans.Count, rejected, reason);
        statistics.Count("spans", result);
        return result;
    }

    private Span? Convert(OtlpSpan span, TelemetryResource resource, string scope, ref string reason)
    {
        if (!TraceId.TryRead(span.TraceId.Span, out var traceId) || traceId.IsEmpty)
        {
            reason = "a span's trace_id must have 16 bytes that are not all zero";
            return null;
        }

        if (!SpanId.TryRead(span.SpanId.Span, out var spanId) || spanId.IsEmpty)
        {
            reason = "a span's span_id must have 8 bytes that are not all zero";
            return null;
        }

        _ = SpanId.TryRead(span.ParentSpanId.Span, out var parentId);
        var start = OtlpTime.Nanos(span.StartTimeUnixNano);
        return new Span
        {
            TraceId = traceId,
            Id = spanId,
            ParentId = parentId,
            Resource = resource,
            Scope = scope,
            Name = attributes.Share(span.Name),
            Kind = Enum.IsDefined((SpanKind)span.Kind) ? (SpanKind)span.Kind : SpanKind.Unspecified,
            IsError = span.Status?.Code == Status.Types.StatusCode.Error,
            StatusMessage = attributes.Share(span.Status?.Message ?? ""),
            StartNanos = start,
            EndNanos = Math.Max(start, OtlpTime.Nanos(span.EndTimeUnixNano)),
            Attributes = attributes.Pack(span.Attributes),
            Events = Events(span),
            Links = Links(span),
        };
    }

    private SpanEvent[] Events(OtlpSpan span) => span.Events.Count == 0 ? [] :
    [
        .. span.Events.Take(limits.MaxSpanEventCount).Select(e =>
            new SpanEvent(attributes.Share(e.Name), OtlpTime.Nanos(e.TimeUnixNano), attributes.Pack(e.Attributes))),
    ];

    private SpanLink[] Links(OtlpSpan span)
    {
        if (span.Links.Count == 0)
        {
            return [];
        }

        var links = new List<SpanLink>();
        foreach (var link in span.Links.Take(limits.MaxSpanEventCount))
        {
            if (TraceId.TryRead(link.TraceId.Span, out var traceId) && SpanId.TryRead(link.SpanId.Span, out var spanId))
            {
                links.Add(new SpanLink(traceId, spanId, attributes.Pack(link.Attributes)));
            }
        }

        return [.. links];
    }
}
