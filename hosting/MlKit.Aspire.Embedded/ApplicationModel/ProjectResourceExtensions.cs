using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds .NET projects in a model.</summary>
public static class ProjectResourceExtensions
{
    /// <summary>The projects of <c>AddProject</c>; those of <c>AddDotnetProject</c> are executables.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<ProjectResource> GetProjectResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<ProjectResource>();
    }

    /// <summary>Where the project is.</summary>
    /// <param name="projectResource">The project.</param>
    public static IProjectMetadata GetProjectMetadata(this ProjectResource projectResource) => Find(projectResource);

    /// <summary>Where the project is.</summary>
    /// <param name="programResource">The program.</param>
    /// <exception cref="InvalidOperationException">It has no project metadata.</exception>
    [Experimental("ASPIREPROJECTS001")]
    public static IProjectMetadata GetProjectMetadata(this IDotnetProgramResource programResource) => Find(programResource);

    /// <summary>Whether the resource is published as a .NET project: its image is built by the SDK.</summary>
    /// <param name="resource">The resource.</param>
    [Experimental("ASPIREPROJECTS001")]
    public static bool SupportsDotnetProgramPublishing(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource is IDotnetProgramResource && resource.HasAnnotationOfType<IProjectMetadata>() && !resource.HasAnnotationOfType<DockerfileBuildAnnotation>();
    }

    private static IProjectMetadata Find(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.TryGetLastAnnotation<IProjectMetadata>(out var project)
            ? project
            : throw new InvalidOperationException($"Resource '{resource.Name}' has no project metadata.");
    }
}
