namespace Aspire.Hosting.ApplicationModel;

/// <summary>A .NET project, in the form of Aspire before 17.0 (<c>AddProject</c>).</summary>
/// <param name="name">The name.</param>
public class ProjectResource(string name)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithServiceDiscovery, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IContainerFilesDestinationResource, IDotnetProgramResource;
