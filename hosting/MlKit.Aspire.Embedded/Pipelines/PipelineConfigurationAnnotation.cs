using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Changes the collected steps before they run.</summary>
/// <param name="callback">Called once, after every step was made.</param>
[Experimental("ASPIREPIPELINES001")]
public class PipelineConfigurationAnnotation(Func<PipelineConfigurationContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Changes the collected steps before they run.</summary>
    public PipelineConfigurationAnnotation(Action<PipelineConfigurationContext> callback)
        : this(context =>
        {
            callback(context);
            return Task.CompletedTask;
        })
    {
    }

    /// <summary>Called once, after every step was made.</summary>
    public Func<PipelineConfigurationContext, Task> Callback { get; } = callback;
}
