using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>What a resource knows when it makes its steps.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineStepFactoryContext
{
    /// <summary>The pipeline that is about to run.</summary>
    public required PipelineContext PipelineContext { get; init; }

    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }
}
