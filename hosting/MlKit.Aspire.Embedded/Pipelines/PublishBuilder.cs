using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

public partial interface IDistributedApplicationBuilder
{
    /// <summary>The steps that <c>--operation publish</c> runs.</summary>
    [Experimental("ASPIREPIPELINES001")]
    IDistributedApplicationPipeline Pipeline { get; }
}

/// <content>What publishes the application.</content>
public partial class DistributedApplicationBuilder
{
    private readonly DistributedApplicationPipeline _pipeline = new();

    /// <inheritdoc/>
    [Experimental("ASPIREPIPELINES001")]
    public IDistributedApplicationPipeline Pipeline => _pipeline;

    partial void AddPublishServices()
    {
        Services.Configure<PipelineOptions>(Configuration.GetSection("Pipeline"));
        Services.AddSingleton(_pipeline);
        Services.AddSingleton<IDistributedApplicationPipeline>(_pipeline);
        Services.AddSingleton<IPipelineOutputService, PipelineOutputService>();
        Services.AddHostedService<PublishService>();
        // There is no dashboard to ask in.
        Services.AddSingleton<IInteractionService>(services => new InteractionService(
            services.GetRequiredService<ResourceNotificationService>(), services, () => false, _ => { }, CancellationToken.None));

        // The lines of the steps are what the user asked for; the life of the host is not.
        Services.AddLogging(logging => logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning));
    }
}
