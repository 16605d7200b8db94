using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource that runs from a container image.</summary>
/// <param name="name">The name.</param>
/// <param name="entrypoint">What runs instead of the image's own entry point.</param>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
{
    /// <summary>What runs instead of the image's own entry point; null keeps that one.</summary>
    public string? Entrypoint { get; set; } = entrypoint;

    /// <summary>Whether the entry point and its arguments are one command line of a shell.</summary>
    [Experimental("ASPIRECONTAINERSHELLEXECUTION001")]
    public bool? ShellExecution { get; set; }
}
