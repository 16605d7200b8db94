using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.History;

/// <summary>How long the requests of one kind took, from their spans.</summary>
/// <param name="Count">How many.</param>
/// <param name="Errors">How many failed.</param>
/// <param name="P50Nanos">Half took at most this long.</param>
/// <param name="P90Nanos">Nine of ten took at most this long.</param>
/// <param name="P99Nanos">Ninety-nine of a hundred took at most this long.</param>
public sealed record RequestStatistics(int Count, int Errors, long P50Nanos, long P90Nanos, long P99Nanos)
{
    /// <summary>All requests by service and name: spans that answer a call or handle a message, and roots.</summary>
    internal static IReadOnlyDictionary<(string Service, string Name), RequestStatistics> Of(TraceStore traces) => traces.AllSpans()
        .Where(span => span.Kind is SpanKind.Server or SpanKind.Consumer || span.ParentId.IsEmpty)
        .GroupBy(span => (span.Resource.Name, span.Name))
        .ToDictionary(group => group.Key, group => Of(group));

    private static RequestStatistics Of(IEnumerable<Span> spans)
    {
        var errors = 0;
        var durations = new List<long>();
        foreach (var span in spans)
        {
            durations.Add(span.DurationNanos);
            errors += span.IsError ? 1 : 0;
        }

        durations.Sort();
        long At(double share) => durations[Math.Clamp((int)Math.Ceiling(share * durations.Count) - 1, 0, durations.Count - 1)];
        return new RequestStatistics(durations.Count, errors, At(0.5), At(0.9), At(0.99));
    }
}
