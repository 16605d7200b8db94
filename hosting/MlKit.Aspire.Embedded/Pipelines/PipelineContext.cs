using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>One run of the pipeline.</summary>
/// <param name="model">The application.</param>
/// <param name="executionContext">Run or publish.</param>
/// <param name="serviceProvider">The services of the application.</param>
/// <param name="logger">Where the pipeline reports.</param>
/// <param name="cancellationToken">Ends the run.</param>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineContext(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IServiceProvider serviceProvider,
    ILogger logger,
    CancellationToken cancellationToken)
{
    /// <summary>The application.</summary>
    public DistributedApplicationModel Model { get; } = model;

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services { get; } = serviceProvider;

    /// <summary>Where the pipeline reports.</summary>
    public ILogger Logger { get; } = logger;

    /// <summary>Ends the run.</summary>
    public CancellationToken CancellationToken { get; set; } = cancellationToken;

    /// <summary>What is said at the end.</summary>
    public PipelineSummary Summary { get; } = new();
}
