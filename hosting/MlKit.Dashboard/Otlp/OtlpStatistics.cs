namespace MlKit.Dashboard.Otlp;

/// <summary>What the receivers have seen, for the help page and for people who wonder where their data are.</summary>
internal sealed partial class OtlpStatistics(ILogger<OtlpStatistics> logger)
{
    private long _accepted;
    private long _rejected;
    private long _malformed;
    private long _unauthorised;

    /// <summary>Log records, spans and points that were stored.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Records that were refused within well-formed requests.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Requests that could not be read.</summary>
    public long Malformed => Interlocked.Read(ref _malformed);

    /// <summary>Requests without the right key.</summary>
    public long Unauthorised => Interlocked.Read(ref _unauthorised);

    /// <summary>Counts a batch.</summary>
    public void Count(string signal, IngestResult result)
    {
        Interlocked.Add(ref _accepted, result.Accepted);
        if (result.Rejected > 0 && IsWorthSaying(Interlocked.Add(ref _rejected, result.Rejected), result.Rejected))
        {
            LogRejected(signal, result.Rejected, result.Reason);
        }
    }

    /// <summary>Counts a request that could not be read.</summary>
    public void CountMalformed(string where, string problem)
    {
        if (IsWorthSaying(Interlocked.Increment(ref _malformed), 1))
        {
            LogMalformed(where, problem, Malformed);
        }
    }

    /// <summary>Counts a request without the right key.</summary>
    public void CountUnauthorised(string where)
    {
        if (IsWorthSaying(Interlocked.Increment(ref _unauthorised), 1))
        {
            LogUnauthorised(where, Unauthorised);
        }
    }

    // The first few of a kind and then every thousandth: a flood of garbage must not become a flood of log lines.
    private static bool IsWorthSaying(long total, long added) => total <= 10 || total / 1_000 != (total - added) / 1_000;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Rejected} {Signal} refused: {Reason}")]
    private partial void LogRejected(string signal, int rejected, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Malformed OTLP request to {Where}: {Problem} ({Total} so far)")]
    private partial void LogMalformed(string where, string problem, long total);

    [LoggerMessage(Level = LogLevel.Warning, Message = "OTLP request to {Where} without the right x-otlp-api-key ({Total} so far)")]
    private partial void LogUnauthorised(string where, long total);
}
