using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The named steps that <c>--operation publish</c> runs, and their order.</summary>
[Experimental("ASPIREPIPELINES001")]
public interface IDistributedApplicationPipeline
{
    /// <summary>Adds a callback that may change the collected steps before they run.</summary>
    void AddPipelineConfiguration(Func<PipelineConfigurationContext, Task> callback);

    /// <summary>Adds a step.</summary>
    /// <param name="name">Its name, unique in the pipeline.</param>
    /// <param name="action">What it does; an exception fails the pipeline.</param>
    /// <param name="dependsOn">A step name or a collection of them that run before.</param>
    /// <param name="requiredBy">A step name or a collection of them that run after.</param>
    void AddStep(
        string name,
        Func<PipelineStepContext, Task> action,
        object? dependsOn = null,
        object? requiredBy = null);

    /// <summary>Adds a step.</summary>
    void AddStep(PipelineStep step);

    /// <summary>Runs the chosen step (<c>--step</c>) and what it depends on, or every step where none was chosen.</summary>
    /// <exception cref="DistributedApplicationException">A step is unknown, a circle of steps exists, or a step failed.</exception>
    Task ExecuteAsync(PipelineContext context);
}
