using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a step knows when it runs.</summary>
[Experimental("ASPIREPIPELINES001")]
public sealed class PipelineStepContext
{
    /// <summary>The run that the step belongs to.</summary>
    public required PipelineContext PipelineContext { get; init; }

    /// <summary>Where the step reports its progress.</summary>
    public required IReportingStep ReportingStep { get; init; }

    /// <summary>The application.</summary>
    public DistributedApplicationModel Model => PipelineContext.Model;

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext => PipelineContext.ExecutionContext;

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services => PipelineContext.Services;

    /// <summary>Where the pipeline reports.</summary>
    public ILogger Logger => PipelineContext.Logger;

    /// <summary>Ends the step.</summary>
    public CancellationToken CancellationToken => PipelineContext.CancellationToken;

    /// <summary>What is said at the end.</summary>
    public PipelineSummary Summary => PipelineContext.Summary;
}
