namespace MlKit.Dashboard.Telemetry;

/// <summary>Which traces to show.</summary>
internal sealed record TraceFilter
{
    /// <summary>Only traces that this service took part in; null for all.</summary>
    public string? Resource { get; init; }

    /// <summary>Part of a span's name, or of the trace's id; case is ignored.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only traces with a failed span.</summary>
    public bool OnlyErrors { get; init; }

    /// <summary>Only traces that took at least this long, in nanoseconds.</summary>
    public long MinimumNanos { get; init; }

    /// <summary>True when the trace is to be shown; called under the store's lock.</summary>
    public bool Matches(Trace trace) =>
        (!OnlyErrors || trace.ErrorCount > 0)
        && trace.DurationNanos >= MinimumNanos
        && (Resource is null || trace.Resources.Any(entry => entry.Resource.Name == Resource))
        && (Text.Length == 0 || ContainsText(trace));

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
