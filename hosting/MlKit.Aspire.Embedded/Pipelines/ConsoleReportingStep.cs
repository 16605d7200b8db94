using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>Reports a step as lines on the console, each with the step's name before it.</summary>
internal sealed class ConsoleReportingStep(string name) : IReportingStep
{
    public Task CompleteAsync(
        string completionText,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default)
    {
        Log(LevelOf(completionState), completionText);
        return Task.CompletedTask;
    }

    public Task CompleteAsync(
        MarkdownString completionText,
        CompletionState completionState = CompletionState.Completed,
        CancellationToken cancellationToken = default) =>
        CompleteAsync(completionText.Value, completionState, cancellationToken);

    public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReportingTask>(new ReportingTask(this, statusText));

    public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
        CreateTaskAsync(statusText.Value, cancellationToken);

    public void Log(LogLevel logLevel, string message)
    {
        var (writer, prefix) = logLevel switch
        {
            >= LogLevel.Error => (Console.Error, "error: "),
            LogLevel.Warning => (Console.Out, "warning: "),
            _ => (Console.Out, ""),
        };
        writer.WriteLine($"{name}: {prefix}{message}");
    }

    [Obsolete("Use Log(LogLevel, string) or Log(LogLevel, MarkdownString) instead.")]
    public void Log(LogLevel logLevel, string message, bool enableMarkdown) => Log(logLevel, message);

    public void Log(LogLevel logLevel, MarkdownString message) => Log(logLevel, message.Value);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static LogLevel LevelOf(CompletionState state) => state switch
    {
        CompletionState.CompletedWithError => LogLevel.Error,
        CompletionState.CompletedWithWarning => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private sealed class ReportingTask(ConsoleReportingStep step, string text) : IReportingTask
    {
        private string _text = text;

        public Task CompleteAsync(
            string? completionMessage = null,
            CompletionState completionState = CompletionState.Completed,
            CancellationToken cancellationToken = default) =>
            step.CompleteAsync(completionMessage ?? _text, completionState, cancellationToken);

        public Task CompleteAsync(
            MarkdownString completionMessage,
            CompletionState completionState = CompletionState.Completed,
            CancellationToken cancellationToken = default) =>
            step.CompleteAsync(completionMessage, completionState, cancellationToken);

        public Task UpdateAsync(string statusText, CancellationToken cancellationToken = default)
        {
            _text = statusText;
            return Task.CompletedTask;
        }

        public Task UpdateAsync(MarkdownString statusText, CancellationToken cancellationToken = default) =>
            UpdateAsync(statusText.Value, cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
