using Microsoft.Extensions.Logging;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>What the host writes to its own log and to those of the resources.</summary>
internal static partial class RunLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    public static partial void BuildLine(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Error}")]
    public static partial void CompilerError(ILogger logger, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    public static partial void FailedToStart(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    public static partial void RequiredCommand(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ended what an earlier host left running: {Owner} (process {Pid})")]
    public static partial void LeftoverEnded(ILogger logger, string owner, int pid);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Resource}' did not end within {Seconds} s of the request and was killed")]
    public static partial void Killed(ILogger logger, string resource, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "A subscriber of an event of '{Resource}' failed")]
    public static partial void SubscriberFailed(ILogger logger, string resource, Exception exception);
}
