using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>What publishing says while it makes the objects of an application.</summary>
internal static class PublishMessages
{
    public static async Task<IReadOnlyList<string>> OfAsync(Action<IDistributedApplicationBuilder> compose)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--operation", "publish", "--step", "publish"],
            DisableDashboard = true,
        });
        builder.AddKubernetesEnvironment("k8s");
        compose(builder);
        await using var application = builder.Build();
        var model = application.Services.GetRequiredService<DistributedApplicationModel>();
        var report = new Report();
        var pipeline = new PipelineContext(
            model, application.Services.GetRequiredService<DistributedApplicationExecutionContext>(), application.Services,
            NullLogger.Instance, TestContext.Current.CancellationToken);
        await ChartPublisher.CreateAsync(
            model.Resources.OfType<KubernetesEnvironmentResource>().Single(),
            new PipelineStepContext { PipelineContext = pipeline, ReportingStep = report });
        return report.Messages;
    }

    private sealed class Report : IReportingStep
    {
        public List<string> Messages { get; } = [];

        public void Log(LogLevel logLevel, string message) => Messages.Add(message);

        [Obsolete("As the interface says.")]
        public void Log(LogLevel logLevel, string message, bool enableMarkdown) => Messages.Add(message);

        public void Log(LogLevel logLevel, MarkdownString message) => Messages.Add(message.Value);

        public Task<IReportingTask> CreateTaskAsync(string statusText, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IReportingTask> CreateTaskAsync(MarkdownString statusText, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync(string completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task CompleteAsync(MarkdownString completionText, CompletionState completionState = CompletionState.Completed, CancellationToken cancellationToken = default) => Task.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
