namespace MlKit.Dashboard.Telemetry;

/// <summary>Which log entries to show.</summary>
internal sealed record LogFilter
{
    /// <summary>Shows everything.</summary>
    public static LogFilter All { get; } = new();

    /// <summary>Only this service's; null for all.</summary>
    public string? Resource { get; init; }

    /// <summary>This level and those above it.</summary>
    public LogSeverity MinimumSeverity { get; init; }

    /// <summary>Words that must occur in message, category, event name or an attribute; case is ignored.</summary>
    public string Text { get; init; } = "";

    /// <summary>Only those of a trace; empty for all.</summary>
    public TraceId TraceId { get; init; }

    /// <summary>Only those of a span; empty for all.</summary>
    public SpanId SpanId { get; init; }

    /// <summary>Conditions that all must hold.</summary>
    public IReadOnlyList<FieldFilter> Fields { get; init; } = [];

    /// <summary>True when the entry is to be shown.</summary>
    public bool Matches(LogEntry entry) =>
        entry.Severity >= MinimumSeverity
        && (Resource is null || entry.Resource.Name == Resource)
        && (TraceId.IsEmpty || entry.TraceId == TraceId)
        && (SpanId.IsEmpty || entry.SpanId == SpanId)
        && AcceptsFields(entry)
        && (Text.Length == 0 || ContainsText(entry));

    private bool AcceptsFields(LogEntry entry)
    {
        foreach (var filter in Fields)
        {
            if (!filter.Accepts(ValueOf(entry, filter.Field)))
            {
                return false;
            }
        }

        return true;
    }

    private static string? ValueOf(LogEntry entry, string field) => field switch
    {
        "message" => entry.Message,
        "category" => entry.Scope,
        "event" => entry.EventName,
        _ => entry.Attributes.ValueOf(field),
    };

    private bool ContainsText(LogEntry entry)
    {
        if (Has(entry.Message) || Has(entry.Scope) || Has(entry.EventName))
        {
            return true;
        }

        foreach (var attribute in entry.Attributes)
        {
            if (Has(attribute.Value) || Has(attribute.Key))
            {
                return true;
            }
        }

        return false;
    }

    private bool Has(string text) => text.Contains(Text, StringComparison.OrdinalIgnoreCase);
}
