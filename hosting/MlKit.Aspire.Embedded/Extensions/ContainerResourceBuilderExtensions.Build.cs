using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Adds a container whose image is built from a Dockerfile.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfilePath">The Dockerfile, relative to that folder; the default is <c>Dockerfile</c>.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<ContainerResource> AddDockerfile(this IDistributedApplicationBuilder builder, [ResourceName] string name, string contextPath, string? dockerfilePath = null, string? stage = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(new ContainerResource(name)).WithDockerfile(contextPath, dockerfilePath, stage);
    }

    /// <summary>Builds the image from a Dockerfile.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="contextPath">The folder that the build sees, relative to the AppHost's.</param>
    /// <param name="dockerfilePath">The Dockerfile, relative to that folder; the default is <c>Dockerfile</c>.</param>
    /// <param name="stage">The stage that is built; null is the last one.</param>
    public static IResourceBuilder<T> WithDockerfile<T>(this IResourceBuilder<T> builder, string contextPath, string? dockerfilePath = null, string? stage = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(contextPath);
        var context = Path.GetFullPath(contextPath, builder.ApplicationBuilder.AppHostDirectory);
        var name = builder.Resource.Name.ToLowerInvariant();
        var build = new DockerfileBuildAnnotation(context, Path.GetFullPath(dockerfilePath ?? "Dockerfile", context), stage)
        {
            ImageName = name,
            ImageTag = DefaultTag,
        };

        return builder.WithAnnotation(build, ResourceAnnotationMutationBehavior.Replace).WithImage(name, DefaultTag);
    }

    /// <summary>Adds a build argument.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the argument.</param>
    /// <param name="value">Its value; null takes it from the environment.</param>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, object? value)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.DockerfileBuild().BuildArguments[name] = value is IResourceBuilder<IResource> other ? other.Resource : value;
        return builder;
    }

    /// <summary>Adds a build argument.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the argument.</param>
    /// <param name="value">Its value; not a secret.</param>
    public static IResourceBuilder<T> WithBuildArg<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Resource.Secret
            ? throw new InvalidOperationException($"Cannot add secret parameter '{value.Resource.Name}' as a build argument. Use WithBuildSecret instead.")
            : builder.WithBuildArg(name, (object?)value.Resource);
    }

    /// <summary>Adds a build secret.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The id of the secret.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithBuildSecret<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> value)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        builder.DockerfileBuild().BuildSecrets[name] = value.Resource;
        return builder;
    }

    private static DockerfileBuildAnnotation DockerfileBuild<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<DockerfileBuildAnnotation>().LastOrDefault() ?? throw new InvalidOperationException(
            $"The resource '{builder.Resource.Name}' does not have a Dockerfile. Call WithDockerfile first.");
    }
}
