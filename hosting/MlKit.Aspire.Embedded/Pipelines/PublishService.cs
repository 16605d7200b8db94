using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>
/// Runs the pipeline when the AppHost was started to publish, then stops the host. A failure is one message on standard
/// error and exit code 1 (the whole exception with <c>--include-exception-details</c>).
/// </summary>
internal sealed class PublishService(
    DistributedApplicationPipeline pipeline,
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IDistributedApplicationEventing eventing,
    IConfiguration configuration,
    IServiceProvider services,
    ILogger<PublishService> logger,
    IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int Failure = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host reports what happens here only after it has started.
        await Task.Yield();
        try
        {
            await PublishAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            var details = configuration.GetValue("Pipeline:IncludeExceptionDetails", false);
            await Console.Error.WriteLineAsync(details ? error.ToString() : Explain(error)).ConfigureAwait(false);
            Environment.ExitCode = Failure;
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        var context = new PipelineContext(model, executionContext, services, logger, cancellationToken);
        await eventing.PublishAsync(new BeforeStartEvent(services, model), cancellationToken).ConfigureAwait(false);
        if (configuration["AppHost:Operation"] == "inspect" || configuration.GetValue("Pipeline:ListSteps", false))
        {
            foreach (var step in await pipeline.ListAsync(context).ConfigureAwait(false))
            {
                Console.WriteLine(step.Description is null ? step.Name : $"{step.Name}: {step.Description}");
            }

            return;
        }

        await eventing.PublishAsync(new BeforePublishEvent(services, model), cancellationToken).ConfigureAwait(false);
        if (ManifestPublisher.IsAskedFor(configuration))
        {
            var file = ManifestPublisher.FileOf(configuration["Pipeline:OutputPath"]);
            await ManifestPublisher.WriteAsync(model, executionContext, file, cancellationToken).ConfigureAwait(false);
            Console.WriteLine($"Published manifest to: {file}");
        }
        else
        {
            await pipeline.ExecuteAsync(context).ConfigureAwait(false);
        }

        await eventing.PublishAsync(new AfterPublishEvent(services, model), cancellationToken).ConfigureAwait(false);
        foreach (var item in context.Summary.Items)
        {
            Console.WriteLine($"{item.Key}: {item.Value}");
        }
    }

    private static string Explain(Exception error) => error is DistributedApplicationException or OperationCanceledException
        ? $"Publishing failed. {error.Message}"
        : $"Publishing failed. {error.GetType().Name}: {error.Message}";
}
