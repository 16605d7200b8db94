using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Reports the progress of a task inside a step.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IReportingTask : IAsyncDisposable
{
    /// <summary>Ends the task.</summary>
    Task CompleteAsync(
        string? completionMessage = null,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default);

    /// <summary>Ends the task.</summary>
    Task CompleteAsync(
        MarkdownString completionMessage,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default);

    /// <summary>Replaces the text of the task.</summary>
    Task UpdateAsync(string statusText, CancellationToken cancellationToken = default);

    /// <summary>Replaces the text of the task.</summary>
    Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default);
}
