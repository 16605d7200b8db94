using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Makes the steps that a resource adds to the pipeline.</summary>
/// <param name="factory">Called once, before the pipeline runs.</param>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStepAnnotation(Func<PipelineStepFactoryContext, Task<IEnumerable<PipelineStep>>> factory)
    : IResourceAnnotation
{
    /// <summary>Makes one step.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, PipelineStep> factory)
        : this(context => Task.FromResult<IEnumerable<PipelineStep>>([factory(context)]))
    {
    }

    /// <summary>Makes one step.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, Task<PipelineStep>> factory)
        : this(async context => (IEnumerable<PipelineStep>)[await factory(context).ConfigureAwait(false)])
    {
    }

    /// <summary>Makes several steps.</summary>
    public PipelineStepAnnotation(Func<PipelineStepFactoryContext, IEnumerable<PipelineStep>> factory)
        : this(context => Task.FromResult(factory(context)))
    {
    }

    /// <summary>Makes the steps.</summary>
    public Task<IEnumerable<PipelineStep>> CreateStepsAsync(PipelineStepFactoryContext context) => factory(context);
}
