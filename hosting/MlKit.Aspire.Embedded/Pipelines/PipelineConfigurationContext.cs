using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>The collected steps, before they run.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineConfigurationContext
{
    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Every step.</summary>
    public required IReadOnlyList<PipelineStep> Steps { get; init; }

    /// <summary>The application.</summary>
    public required DistributedApplicationModel Model { get; init; }

    /// <summary>The steps that carry <paramref name="tag"/>.</summary>
    public IEnumerable<PipelineStep> GetSteps(string tag) => Steps.Where(step => step.Tags.Contains(tag));

    /// <summary>The steps of <paramref name="resource"/>.</summary>
    public IEnumerable<PipelineStep> GetSteps(IResource resource) => Steps.Where(step => step.Resource == resource);

    /// <summary>The steps of <paramref name="resource"/> that carry <paramref name="tag"/>.</summary>
    public IEnumerable<PipelineStep> GetSteps(IResource resource, string tag) =>
        GetSteps(resource).Where(step => step.Tags.Contains(tag));
}
