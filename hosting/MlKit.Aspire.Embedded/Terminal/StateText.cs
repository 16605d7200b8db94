using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.Aspire.Embedded.Terminal;

/// <summary>How a snapshot is said in a few words.</summary>
internal static class StateText
{
    private const int ReasonLines = 5;

    /// <summary>The state with health or exit code, such as <c>Running (unhealthy)</c> or <c>Finished (exit code 0)</c>.</summary>
    public static string Of(CustomResourceSnapshot snapshot)
    {
        var state = snapshot.State?.Text ?? "";
        return snapshot switch
        {
            { HealthStatus: HealthStatus.Unhealthy or HealthStatus.Degraded } when snapshot.HealthReports.All(r => r.Status is null) => $"{state} (not checked yet)",
            { HealthStatus: HealthStatus.Unhealthy } => $"{state} (unhealthy)",
            { HealthStatus: HealthStatus.Degraded } => $"{state} (degraded)",
            { HealthStatus: HealthStatus.Healthy, HealthReports.IsDefaultOrEmpty: false } => $"{state} (healthy)",
            { ExitCode: { } code } => $"{state} (exit code {code})",
            _ => state,
        };
    }

    /// <summary>True when it can be used, or ended as it should, or waits for a command: nothing more comes by itself.</summary>
    public static bool IsSettled(CustomResourceSnapshot snapshot) =>
        snapshot.HealthStatus == HealthStatus.Healthy || HasEnded(snapshot) || snapshot.State?.Text == KnownResourceStates.NotStarted;

    /// <summary>True when it failed: it did not start, or ended by itself with an error.</summary>
    public static bool HasFailed(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.FailedToStart
        || (snapshot.State?.Text == KnownResourceStates.Finished && snapshot.ExitCode is not (null or 0));

    /// <summary>The addresses for people, or the reason of a failure.</summary>
    public static string Addresses(CustomResourceSnapshot snapshot) =>
        string.Join(", ", snapshot.Urls.Where(url => !url.IsInternal).Select(url => url.Url));

    /// <summary>The last lines that the resource wrote to standard error, or at all where it wrote none there.</summary>
    public static IReadOnlyList<string> Reason(ResourceLog log)
    {
        var lines = log.Snapshot().Where(line => !string.IsNullOrWhiteSpace(line.Content)).ToList();
        var errors = lines.Where(line => line.IsErrorMessage).ToList();
        return [.. (errors.Count > 0 ? errors : lines).TakeLast(ReasonLines).Select(line => line.Content.TrimEnd())];
    }

    private static bool HasEnded(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);
}
