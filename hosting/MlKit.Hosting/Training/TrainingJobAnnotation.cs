using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>The resource runs to completion; the last one on a resource counts.</summary>
/// <param name="schedule">When it runs again, as a cron expression of five fields in UTC; null for never.</param>
/// <param name="retries">How often it is tried again after a failure.</param>
/// <param name="deadline">After which time a run is given up.</param>
public sealed class TrainingJobAnnotation(string? schedule, int retries, TimeSpan deadline) : IResourceAnnotation
{
    /// <summary>When it runs again, as a cron expression of five fields in UTC; null for never.</summary>
    public string? Schedule { get; } = schedule;

    /// <summary>How often it is tried again after a failure.</summary>
    public int Retries { get; } = retries;

    /// <summary>After which time a run is given up.</summary>
    public TimeSpan Deadline { get; } = deadline;
}
