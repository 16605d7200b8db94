namespace MlKit.Dashboard.Telemetry;

/// <summary>Which traces to show.</summary>
internal sealed record TraceFilter
{
    /// <summary>Shows everything.</summary>
    public static TraceFilter All { get; } = new();

    /// <summary>Only traces that this service took part in; null for all.</summary>
    public string? Resource { get; init; }

    /// <summary>Part of a span's name, or of the trace's id; case is ignored.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only traces with a failed span.</summary>
    public bool OnlyErrors { get; init; }

    /// <summary>Only traces that took at least this long, in nanoseconds.</summary>
    public long MinimumNanos { get; init; }

    /// <summary>Conditions that all must hold for one and the same span.</summary>
    public IReadOnlyList<FieldFilter> Fields { get; init; } = [];

    /// <summary>True when the trace is to be shown; called under the store's lock.</summary>
    public bool Matches(Trace trace) =>
        (!OnlyErrors || trace.ErrorCount > 0)
        && trace.DurationNanos >= MinimumNanos
        && (Resource is null || trace.Resources.Any(entry => entry.Resource.Name == Resource))
        && (Fields.Count == 0 || trace.Spans.Any(AcceptsFields))
        && (Text.Length == 0 || ContainsText(trace));

    private bool AcceptsFields(Span span)
    {
        foreach (var filter in Fields)
        {
            if (!filter.Accepts(ValueOf(span, filter.Field)))
            {
                return false;
            }
        }

        return true;
    }

    private static string? ValueOf(Span span, string field) => field switch
    {
        "name" => span.Name,
        "kind" => span.Kind.ToString(),
        "source" => span.Scope,
        "status" => span.IsError ? "error" : "ok",
        _ => span.Attributes.ValueOf(field),
    };

    private bool ContainsText(Trace trace)
    {
        foreach (var span in trace.Spans)
        {
            if (span.Name.Contains(Text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Text.Length >= 4 && trace.Id.ToString().StartsWith(Text, StringComparison.OrdinalIgnoreCase);
    }
}
