namespace Aspire.Hosting.Pipelines;

/// <summary>How a step or a task stands.</summary>
public enum CompletionState
{
    /// <summary>It runs.</summary>
    InProgress = 0,

    /// <summary>It ended well.</summary>
    Completed = 1,

    /// <summary>It ended, with something to look at.</summary>
    CompletedWithWarning = 2,

    /// <summary>It failed.</summary>
    CompletedWithError = 3,
}
