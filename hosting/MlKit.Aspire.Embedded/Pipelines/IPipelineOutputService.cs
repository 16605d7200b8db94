using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Pipelines;

/// <summary>Where the steps write. Full paths; the folders need not exist.</summary>
[Experimental("ASPIREPIPELINES004")]
public interface IPipelineOutputService
{
    /// <summary>The folder of <c>--output-path</c>.</summary>
    string GetOutputDirectory();

    /// <summary>The folder of one compute environment: that of <c>--output-path</c>, or one below it where there are several.</summary>
    string GetOutputDirectory(IResource resource);

    /// <summary>A folder for intermediate files, created on the first call.</summary>
    string GetTempDirectory();

    /// <summary>A folder for intermediate files of a resource, created on the first call.</summary>
    string GetTempDirectory(IResource resource);
}
