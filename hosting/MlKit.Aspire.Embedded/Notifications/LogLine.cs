namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's log.</summary>
/// <param name="LineNumber">Counts from 1 per resource.</param>
/// <param name="Content">The text.</param>
/// <param name="IsErrorMessage">Whether it was written to standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage)
{
    /// <summary>When the host got it.</summary>
    internal DateTimeOffset At { get; init; }
}

/// <summary>Whether anybody reads a resource's log.</summary>
/// <param name="Name">The resource.</param>
/// <param name="AnySubscribers">True while somebody does.</param>
public readonly record struct LogSubscriber(string Name, bool AnySubscribers);
