using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Lets resources add steps to the pipeline.</summary>
[Experimental("ASPIREPIPELINES001")]
public static class PipelineStepFactoryExtensions
{
    /// <summary>Adds a callback that may change the collected steps before they run.</summary>
    public static IResourceBuilder<T> WithPipelineConfiguration<T>(
        this IResourceBuilder<T> builder,
        Func<PipelineConfigurationContext, Task> callback)
        where T : IResource =>
        builder.WithAnnotation(new PipelineConfigurationAnnotation(callback));

    /// <summary>Adds a callback that may change the collected steps before they run.</summary>
    public static IResourceBuilder<T> WithPipelineConfiguration<T>(
        this IResourceBuilder<T> builder,
        Action<PipelineConfigurationContext> callback)
        where T : IResource =>
        builder.WithAnnotation(new PipelineConfigurationAnnotation(callback));

    /// <summary>Adds a step of the resource.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder,
        Func<PipelineStepFactoryContext, PipelineStep> factory)
        where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds a step of the resource.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder,
        Func<PipelineStepFactoryContext, Task<PipelineStep>> factory)
        where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds steps of the resource.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder,
        Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory)
        where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds steps of the resource.</summary>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder,
        Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> factory)
        where T : IResource =>
        builder.WithAnnotation(new PipelineStepAnnotation(factory));

    /// <summary>Adds a step of the resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="stepName">The name, unique in the pipeline.</param>
    /// <param name="callback">The work.</param>
    /// <param name="dependsOn">Names of the steps that run before.</param>
    /// <param name="requiredBy">Names of the steps that run after.</param>
    /// <param name="tags">Words by which the step is found.</param>
    /// <param name="description">What the step is for.</param>
    public static IResourceBuilder<T> WithPipelineStepFactory<T>(
        this IResourceBuilder<T> builder,
        string stepName,
        Func<PipelineStepContext, Task> callback,
        string[]? dependsOn = null,
        string[]? requiredBy = null,
        string[]? tags = null,
        string? description = null)
        where T : IResource =>
        builder.WithPipelineStepFactory(context => new PipelineStep
        {
            Name = stepName,
            Action = callback,
            Description = description,
            DependsOnSteps = [.. dependsOn ?? []],
            RequiredBySteps = [.. requiredBy ?? []],
            Tags = [.. tags ?? []],
            Resource = context.Resource,
        });
}
