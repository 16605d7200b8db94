using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds containers and says how they run.</summary>
public static partial class ContainerResourceBuilderExtensions
{
    private const string DefaultTag = "latest";

    /// <summary>Adds a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="image">The image: <c>repository[:tag][@sha256:digest]</c>; without tag and digest <c>latest</c>.</param>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(image);
        return builder.AddResource(new ContainerResource(name)).WithImage(image);
    }

    /// <summary>Adds a container.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="image">The image.</param>
    /// <param name="tag">The tag.</param>
    public static IResourceBuilder<ContainerResource> AddContainer(this IDistributedApplicationBuilder builder, [ResourceName] string name, string image, string tag)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(image);
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return builder.AddResource(new ContainerResource(name)).WithImage(image, tag);
    }

    /// <summary>Sets or changes the image.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="image">The image: <c>repository[:tag][@sha256:digest]</c>.</param>
    /// <param name="tag">The tag, where the image has none; the default is the present one, else <c>latest</c>.</param>
    /// <exception cref="InvalidOperationException">Both have a tag or digest.</exception>
    public static IResourceBuilder<T> WithImage<T>(this IResourceBuilder<T> builder, string image, string? tag = null)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(image);
        var reference = ContainerImageReference.Parse(image);
        if (tag is not null && (reference.Tag ?? reference.Digest) is { } own)
        {
            throw new InvalidOperationException($"Ambiguous tags - a tag was provided in both the 'tag' parameter ({tag}) and the 'image' parameter ({own}).");
        }

        // What was set before the image replaces it, except the tag, belongs to the earlier image's registry and stays.
        var annotation = builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault();
        var keptTag = annotation?.Tag;
        if (annotation is null)
        {
            annotation = new ContainerImageAnnotation { Image = reference.Image };
            builder.WithAnnotation(annotation);
        }

        annotation.Image = reference.Image;
        if (reference.Digest is { } digest)
        {
            annotation.SHA256 = digest;
        }
        else
        {
            annotation.Tag = tag ?? reference.Tag ?? keptTag ?? DefaultTag;
        }

        return builder;
    }

    /// <summary>Sets the tag.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="tag">The tag.</param>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        builder.Image().Tag = tag;
        return builder;
    }

    /// <summary>Sets the registry.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="registry">The registry; null leaves it to the runtime.</param>
    public static IResourceBuilder<T> WithImageRegistry<T>(this IResourceBuilder<T> builder, string? registry)
        where T : ContainerResource
    {
        builder.Image().Registry = registry;
        return builder;
    }

    /// <summary>Sets the digest, in place of a tag.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="sha256">64 hexadecimal digits.</param>
    public static IResourceBuilder<T> WithImageSHA256<T>(this IResourceBuilder<T> builder, string sha256)
        where T : ContainerResource
    {
        ArgumentException.ThrowIfNullOrEmpty(sha256);
        builder.Image().SHA256 = sha256;
        return builder;
    }

    /// <summary>Sets when the image is pulled.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="pullPolicy">When.</param>
    public static IResourceBuilder<T> WithImagePullPolicy<T>(this IResourceBuilder<T> builder, ImagePullPolicy pullPolicy)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ContainerImagePullPolicyAnnotation { ImagePullPolicy = pullPolicy }, ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Says that the resource is published as a container, which is what containers are.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> PublishAsContainer<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var manifest in builder.Resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>().ToList())
        {
            builder.Resource.Annotations.Remove(manifest);
        }

        return builder;
    }

    private static ContainerImageAnnotation Image<T>(this IResourceBuilder<T> builder)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() ?? throw new InvalidOperationException(
            $"The resource '{builder.Resource.Name}' does not have a container image specified. Use WithImage to specify the container image and tag.");
    }
}
