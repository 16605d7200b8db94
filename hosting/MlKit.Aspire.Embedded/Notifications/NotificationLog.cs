using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the notification service tells the host's log.</summary>
internal static partial class NotificationLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Resource {ResourceId} changed state: {Before} -> {After}")]
    public static partial void StateChanged(ILogger logger, string resourceId, string before, string after);

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for resource '{Dependency}' to {Goal}.")]
    public static partial void Waiting(ILogger logger, string dependency, string goal);

    [LoggerMessage(Level = LogLevel.Information, Message = "Finished waiting for resource '{Dependency}'.")]
    public static partial void FinishedWaiting(ILogger logger, string dependency);
}
