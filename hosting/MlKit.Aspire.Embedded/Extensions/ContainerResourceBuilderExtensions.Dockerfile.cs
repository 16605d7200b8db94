using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ApplicationModel.Docker;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container whose image is built from a Dockerfile that is made when it is needed.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfileFactory">Makes the text of the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfileFactory(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, Func<DockerfileFactoryContext, string> dockerfileFactory, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        return builder.AddDockerfileFactory(name, contextPath, context => Task.FromResult(dockerfileFactory(context)), stage);
    }

    /// <summary>Adds a container whose image is built from a Dockerfile that is made when it is needed.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfileFactory">Makes the text of the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfileFactory(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, Func<DockerfileFactoryContext, Task<string>> dockerfileFactory, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ContainerResource(name)).WithDockerfileFactory(contextPath, dockerfileFactory, stage);
    }

    /// <summary>Adds a container whose image is built from a Dockerfile that a callback composes.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="callback">Composes the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfileBuilder(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, Func<DockerfileBuilderCallbackContext, Task> callback, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ContainerResource(name)).WithDockerfileBuilder(contextPath, callback, stage);
    }

    /// <summary>Adds a container whose image is built from a Dockerfile that a callback composes.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="callback">Composes the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfileBuilder(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, Action<DockerfileBuilderCallbackContext> callback, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ContainerResource(name)).WithDockerfileBuilder(contextPath, callback, stage);
    }

    /// <summary>Builds the image from a Dockerfile that is made when it is needed.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfileFactory">Makes the text of the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(this IResourceBuilder<T> builder, string contextPath, Func<DockerfileFactoryContext, string> dockerfileFactory, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        return builder.WithDockerfileFactory(contextPath, context => Task.FromResult(dockerfileFactory(context)), stage);
    }

    /// <summary>Builds the image from a Dockerfile that is made when it is needed.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfileFactory">Makes the text of the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<T> WithDockerfileFactory<T>(this IResourceBuilder<T> builder, string contextPath, Func<DockerfileFactoryContext, Task<string>> dockerfileFactory, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        ArgumentNullException.ThrowIfNull(dockerfileFactory);
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        var name = builder.Resource.Name.ToLowerInvariant();
        var path = Path.Combine(Path.GetTempPath(), $"{name}.{Guid.NewGuid():N}.Dockerfile");
        var build = new DockerfileBuildAnnotation(context, path, stage) { ImageName = name, ImageTag = DefaultTag, DockerfileFactory = dockerfileFactory };
        return builder.WithAnnotation(build, ResourceAnnotationMutationBehavior.Replace).WithImage(name, DefaultTag);
    }

    /// <summary>Builds the image from a Dockerfile that callbacks compose, in the order in which they were added.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="callback">Composes the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<T> WithDockerfileBuilder<T>(this IResourceBuilder<T> builder, string contextPath, Func<DockerfileBuilderCallbackContext, Task> callback, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        builder.WithAnnotation(new DockerfileBuilderCallbackAnnotation(callback));
        return builder.WithDockerfileFactory(contextPath, ComposeAsync, stage);
    }

    /// <summary>Builds the image from a Dockerfile that callbacks compose, in the order in which they were added.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="callback">Composes the Dockerfile.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<T> WithDockerfileBuilder<T>(this IResourceBuilder<T> builder, string contextPath, Action<DockerfileBuilderCallbackContext> callback, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithDockerfileBuilder(
            contextPath,
            context =>
            {
                callback(context);
                return Task.CompletedTask;
            },
            stage);
    }

    /// <summary>Sets the images that a made Dockerfile starts from.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="buildImage">For the stage that builds.</param>
    /// <param name="runtimeImage">For the stage that runs.</param>
    /// <exception cref="ArgumentException">Neither is given.</exception>
    public static IResourceBuilder<T> WithDockerfileBaseImage<T>(this IResourceBuilder<T> builder, string? buildImage = null, string? runtimeImage = null)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (buildImage is null && runtimeImage is null)
        {
            throw new ArgumentException($"At least one of {nameof(buildImage)} or {nameof(runtimeImage)} must be specified.", nameof(buildImage));
        }

        return builder.WithAnnotation(new DockerfileBaseImageAnnotation(buildImage, runtimeImage), ResourceAnnotationMutationBehavior.Replace);
    }

    private static async Task<string> ComposeAsync(DockerfileFactoryContext context)
    {
        var dockerfile = new DockerfileBuilder();
        var callbackContext = new DockerfileBuilderCallbackContext(context.Resource, dockerfile, context.Services, context.CancellationToken);
        foreach (var annotation in context.Resource.Annotations.OfType<DockerfileBuilderCallbackAnnotation>())
        {
            await annotation.Callback(callbackContext).ConfigureAwait(false);
        }

        return dockerfile.ToString();
    }
}
