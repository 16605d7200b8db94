using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Writes the resource to a manifest in a way of its own.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Writes it.</param>
    public static IResourceBuilder<T> WithManifestPublishingCallback<T>(this IResourceBuilder<T> builder, Action<ManifestPublishingContext> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ManifestPublishingCallbackAnnotation(callback), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Writes the resource to a manifest in a way of its own.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Writes it.</param>
    public static IResourceBuilder<T> WithManifestPublishingCallback<T>(this IResourceBuilder<T> builder, Func<ManifestPublishingContext, Task> callback)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ManifestPublishingCallbackAnnotation(callback), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Leaves the resource out of what tools that speak MCP see.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> ExcludeFromMcp<T>(this IResourceBuilder<T> builder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ExcludeFromMcpAnnotation(), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Copies the files of another resource's image into that of the resource when it is published.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="source">The other resource.</param>
    /// <param name="destinationPath">The folder inside the image.</param>
    public static IResourceBuilder<T> PublishWithContainerFiles<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResourceWithContainerFiles> source, string destinationPath)
        where T : IContainerFilesDestinationResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(destinationPath);
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.WithAnnotation(new ContainerFilesDestinationAnnotation { Source = source.Resource, DestinationPath = destinationPath })
            : builder;
    }

    /// <summary>Adds a path whose files others take from the resource's image.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="sourcePath">The path inside the image.</param>
    public static IResourceBuilder<T> WithContainerFilesSource<T>(this IResourceBuilder<T> builder, string sourcePath)
        where T : IResourceWithContainerFiles
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(sourcePath);
        return builder.WithAnnotation(new ContainerFilesSourceAnnotation { SourcePath = sourcePath });
    }

    /// <summary>Forgets the paths whose files others take from the resource's image.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> ClearContainerFilesSources<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithContainerFiles
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var source in builder.Resource.Annotations.OfType<ContainerFilesSourceAnnotation>().ToList())
        {
            builder.Resource.Annotations.Remove(source);
        }

        return builder;
    }

    /// <summary>Says how the image of the resource is pushed.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes the options.</param>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithImagePushOptions<T>(this IResourceBuilder<T> builder, Action<ContainerImagePushOptionsCallbackContext> callback)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithImagePushOptions(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>Says how the image of the resource is pushed.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="callback">Changes the options.</param>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithImagePushOptions<T>(this IResourceBuilder<T> builder, Func<ContainerImagePushOptionsCallbackContext, Task> callback)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerImagePushOptionsCallbackAnnotation(callback));
    }

    /// <summary>Sets the name that the image of the resource has in its registry.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="remoteImageName">The name, without registry and tag.</param>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithRemoteImageName<T>(this IResourceBuilder<T> builder, string remoteImageName)
        where T : IComputeResource
    {
        ArgumentException.ThrowIfNullOrEmpty(remoteImageName);
        return builder.WithImagePushOptions(context => context.Options.RemoteImageName = remoteImageName);
    }

    /// <summary>Sets the tag that the image of the resource has in its registry.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="remoteImageTag">The tag.</param>
    [Experimental("ASPIREPIPELINES003")]
    public static IResourceBuilder<T> WithRemoteImageTag<T>(this IResourceBuilder<T> builder, string remoteImageTag)
        where T : IComputeResource
    {
        ArgumentException.ThrowIfNullOrEmpty(remoteImageTag);
        return builder.WithImagePushOptions(context => context.Options.RemoteImageTag = remoteImageTag);
    }
}
