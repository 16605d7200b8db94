using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dotnet;

/// <summary>A .NET project or file-based app that the host builds and starts. Recognised by its <see cref="IProjectMetadata"/>.</summary>
/// <param name="name">The name.</param>
/// <param name="workingDirectory">The folder it starts in: the project's own.</param>
public class DotnetProjectResource(string name, string workingDirectory)
    : ExecutableResource(name, "dotnet", workingDirectory), IResourceWithServiceDiscovery, IContainerFilesDestinationResource, IDotnetProgramResource;
