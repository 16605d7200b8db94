using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.Pipelines;

/// <summary>The configuration section <c>Pipeline</c>, set by command-line switches.</summary>
[Experimental("ASPIREPIPELINES001")]
public class PipelineOptions
{
    /// <summary>Where to write, <c>--output-path</c>; default <c>aspire-output</c> in the working folder.</summary>
    public string? OutputPath { get; set; }

    /// <summary>Whether to forget the state of earlier deployments, <c>--clear-cache</c>.</summary>
    public bool ClearCache { get; set; }

    /// <summary>The step to run, <c>--step</c>; every step where it is null.</summary>
    public string? Step { get; set; }

    /// <summary>The least level that is printed, <c>--log-level</c>.</summary>
    public string? LogLevel { get; set; }

    /// <summary>Whether questions are answered with yes, <c>--yes</c>.</summary>
    public bool SkipConfirmation { get; set; }
}
