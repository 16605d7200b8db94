using System.Globalization;
using System.Text.Json.Serialization;

namespace MlKit.Dashboard.History;

/// <summary>What is said about a run; kept as <c>run.json</c> beside its database.</summary>
/// <param name="Id">Its name: the UTC time of its start, <c>yyyyMMddTHHmmssfffZ</c>, where the host gives no other.</param>
/// <param name="Application">The application.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it runs, or where it was cut off.</param>
public sealed record RunInfo(string Id, string Application, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)
{
    /// <summary>How the host and this dashboard write a run's name.</summary>
    public const string IdFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    /// <summary>The start that a run's name tells, or else <paramref name="now"/>.</summary>
    public static DateTimeOffset StartOf(string id, DateTimeOffset now) =>
        DateTimeOffset.TryParseExact(id, IdFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start) ? start : now;

    /// <summary>How long it lasted; null while it runs.</summary>
    [JsonIgnore]
    public TimeSpan? Duration => EndedAt - StartedAt;
}
