using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>One named piece of work of the publish pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStep
{
    /// <summary>The name, unique in the pipeline; <c>--step</c> chooses by it.</summary>
    public required string Name { get; init; }

    /// <summary>What the step is for.</summary>
    public string? Description { get; init; }

    /// <summary>The work; an exception fails the pipeline.</summary>
    public required Func<PipelineStepContext, Task> Action { get; init; }

    /// <summary>Names of the steps that run before this one.</summary>
    public List<string> DependsOnSteps { get; init; } = [];

    /// <summary>Names of the steps that this one must run before.</summary>
    public List<string> RequiredBySteps { get; init; } = [];

    /// <summary>Words by which steps are found, see <see cref="WellKnownPipelineTags"/>.</summary>
    public List<string> Tags { get; init; } = [];

    /// <summary>The resource that the step belongs to.</summary>
    public IResource? Resource { get; set; }

    /// <summary>What runs after <see cref="Action"/>, as part of the step.</summary>
    internal List<Func<PipelineStepContext, Task>> FinalActions { get; } = [];

    /// <summary>Runs <paramref name="stepName"/> before this step.</summary>
    public void DependsOn(string stepName) => DependsOnSteps.Add(stepName);

    /// <summary>Runs <paramref name="step"/> before this step.</summary>
    public void DependsOn(PipelineStep step) => DependsOnSteps.Add(step.Name);

    /// <summary>Runs this step before <paramref name="stepName"/>.</summary>
    public void RequiredBy(string stepName) => RequiredBySteps.Add(stepName);

    /// <summary>Runs this step before <paramref name="step"/>.</summary>
    public void RequiredBy(PipelineStep step) => RequiredBySteps.Add(step.Name);
}
