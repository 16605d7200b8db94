using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>Orders several steps at once.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class PipelineStepExtensions
{
    /// <summary>Runs <paramref name="step"/> before each of <paramref name="steps"/>; null changes nothing.</summary>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, PipelineStep? step) =>
        step is null ? steps : steps.DependsOn(step.Name);

    /// <summary>Runs <paramref name="stepName"/> before each of <paramref name="steps"/>.</summary>
    public static IEnumerable<PipelineStep> DependsOn(this IEnumerable<PipelineStep> steps, string stepName) =>
        Each(steps, step => step.DependsOn(stepName));

    /// <summary>Runs all of <paramref name="targetSteps"/> before each of <paramref name="steps"/>.</summary>
    public static IEnumerable<PipelineStep> DependsOn(
        this IEnumerable<PipelineStep> steps,
        IEnumerable<PipelineStep> targetSteps)
    {
        var targets = targetSteps.ToList();
        return Each(steps, step => targets.ForEach(step.DependsOn));
    }

    /// <summary>Runs each of <paramref name="steps"/> before <paramref name="step"/>; null changes nothing.</summary>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, PipelineStep? step) =>
        step is null ? steps : steps.RequiredBy(step.Name);

    /// <summary>Runs each of <paramref name="steps"/> before <paramref name="stepName"/>.</summary>
    public static IEnumerable<PipelineStep> RequiredBy(this IEnumerable<PipelineStep> steps, string stepName) =>
        Each(steps, step => step.RequiredBy(stepName));

    /// <summary>Runs each of <paramref name="steps"/> before all of <paramref name="targetSteps"/>.</summary>
    public static IEnumerable<PipelineStep> RequiredBy(
        this IEnumerable<PipelineStep> steps,
        IEnumerable<PipelineStep> targetSteps)
    {
        var targets = targetSteps.ToList();
        return Each(steps, step => targets.ForEach(step.RequiredBy));
    }

    private static List<PipelineStep> Each(IEnumerable<PipelineStep> steps, Action<PipelineStep> action)
    {
        var all = steps.ToList();
        all.ForEach(action);
        return all;
    }
}
