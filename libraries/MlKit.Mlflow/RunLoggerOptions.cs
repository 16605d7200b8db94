namespace MlKit.Mlflow;

/// <summary>How a <see cref="RunLogger"/> sends what it is given.</summary>
public sealed class RunLoggerOptions
{
    /// <summary>How long items may wait for others to be sent with them; 1 s unless set.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long <see cref="RunLogger.DisposeAsync"/>, and the end of the process, wait for a server that does not
    /// answer; 60 s unless set.
    /// </summary>
    public TimeSpan ExitLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before a batch is tried again after the client has given up on it; it doubles up to 30 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Told, on the logger's own task, about each item that the server refused for good.</summary>
    public Action<RejectedItem>? OnRejected { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}

/// <summary>A metric, param or tag that the server refused for good.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Error">Why.</param>
public sealed record RejectedItem(string Key, MlflowException Error);
