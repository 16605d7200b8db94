using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Reports the progress of a step.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IReportingStep : IAsyncDisposable
{
    /// <summary>Ends the step.</summary>
    Task CompleteAsync(
        string completionText,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default);

    /// <summary>Ends the step.</summary>
    Task CompleteAsync(
        MarkdownString completionText,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default);

    /// <summary>Begins a task of the step.</summary>
    Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default);

    /// <summary>Begins a task of the step.</summary>
    Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default);

    /// <summary>Says something.</summary>
    [Obsolete("Use Log(LogLevel, string) or Log(LogLevel, MarkdownString) instead.")]
    void Log(LogLevel logLevel, string message, bool enableMarkdown);

    /// <summary>Says something.</summary>
    void Log(LogLevel logLevel, string message);

    /// <summary>Says something.</summary>
    void Log(LogLevel logLevel, MarkdownString message);
}
