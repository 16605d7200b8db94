using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Further ways to change the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class DistributedApplicationPipelineExtensions
{
    /// <summary>Runs <paramref name="action"/> after <paramref name="stepName"/>, whatever else depends on that step.</summary>
    public static IDistributedApplicationPipeline WithFinalAction(
        this IDistributedApplicationPipeline pipeline,
        string stepName,
        Func<PipelineStepContext, Task> action)
    {
        pipeline.AddPipelineConfiguration(context =>
        {
            var step = context.Steps.FirstOrDefault(candidate => candidate.Name == stepName)
                ?? throw new DistributedApplicationException(
                    $"WithFinalAction: the pipeline has no step '{stepName}'; it has: "
                    + string.Join(", ", context.Steps.Select(candidate => candidate.Name)));
            step.FinalActions.Add(action);
            return Task.CompletedTask;
        });
        return pipeline;
    }

    /// <summary>
    /// Lets the pipeline go on without a container engine where images are only built. Here it does so anyway: an image is
    /// built when the step that builds it runs.
    /// </summary>
    public static IDistributedApplicationPipeline DisableBuildOnlyContainerValidation(this IDistributedApplicationPipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline;
    }
}
