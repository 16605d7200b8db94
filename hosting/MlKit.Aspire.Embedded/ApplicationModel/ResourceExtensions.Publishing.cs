using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Whether an image must be built before the resource can be published: it has a Dockerfile, or is a .NET program.</summary>
    /// <param name="resource">The resource.</param>
    public static bool RequiresImageBuild(this IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return !resource.IsExcludedFromPublish() && (resource.HasAnnotationOfType<DockerfileBuildAnnotation>() || resource.SupportsDotnetProgramPublishing());
    }

    /// <summary>Whether an image must be built and pushed: as <see cref="RequiresImageBuild"/>, and the image is one that runs.</summary>
    /// <param name="resource">The resource.</param>
    public static bool RequiresImageBuildAndPush(this IResource resource) =>
        resource.RequiresImageBuild()
        && (!resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) || build.HasEntrypoint);

    /// <summary>Says how the image of the resource is built.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes the options.</param>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithContainerBuildOptions<T>(this IResourceBuilder<T> builder, Action<ContainerBuildOptionsCallbackContext> callback)
        where T : IResource, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithContainerBuildOptions(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>Says how the image of the resource is built.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes the options.</param>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithContainerBuildOptions<T>(this IResourceBuilder<T> builder, Func<ContainerBuildOptionsCallbackContext, Task> callback)
        where T : IResource, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerBuildOptionsCallbackAnnotation(callback));
    }
}

/// <summary>What publishers ask a model.</summary>
public static class DistributedApplicationModelExtensions
{
    /// <summary>The resources that are published: containers, and programs that become an image.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<IResource> GetComputeResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => !r.IsExcludedFromPublish() && (r.IsContainer() || r.RequiresImageBuild()));
    }

    /// <summary>The resources whose image must be built.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<IResource> GetBuildResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => r.RequiresImageBuild());
    }

    /// <summary>The resources whose image must be built and pushed.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<IResource> GetBuildAndPushResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.Where(r => r.RequiresImageBuildAndPush());
    }
}
