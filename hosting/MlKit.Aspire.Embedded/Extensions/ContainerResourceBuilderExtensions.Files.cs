using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ContainerResourceBuilderExtensions
{
    /// <summary>Puts files into the container before it starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="destinationPath">The folder inside the container.</param>
    /// <param name="entries">The files and folders.</param>
    /// <param name="defaultOwner">The id of the user that owns them; the default is 0.</param>
    /// <param name="defaultGroup">The id of the group that owns them; the default is 0.</param>
    /// <param name="umask">The rights that they do not get.</param>
    public static IResourceBuilder<T> WithContainerFiles<T>(this IResourceBuilder<T> builder, string destinationPath, IEnumerable<ContainerFileSystemItem> entries, int? defaultOwner = default, int? defaultGroup = default, UnixFileMode? umask = default)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(entries);
        return builder.WithContainerFiles(destinationPath, (_, _) => Task.FromResult(entries), defaultOwner, defaultGroup, umask);
    }

    /// <summary>Puts files into the container before it starts, made at that time.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="destinationPath">The folder inside the container.</param>
    /// <param name="callback">Makes the files and folders.</param>
    /// <param name="defaultOwner">The id of the user that owns them; the default is 0.</param>
    /// <param name="defaultGroup">The id of the group that owns them; the default is 0.</param>
    /// <param name="umask">The rights that they do not get.</param>
    public static IResourceBuilder<T> WithContainerFiles<T>(this IResourceBuilder<T> builder, string destinationPath, Func<ContainerFileSystemCallbackContext, CancellationToken, Task<IEnumerable<ContainerFileSystemItem>>> callback, int? defaultOwner = default, int? defaultGroup = default, UnixFileMode? umask = default)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(destinationPath);
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithAnnotation(new ContainerFileSystemCallbackAnnotation
        {
            DestinationPath = destinationPath,
            Callback = callback,
            DefaultOwner = defaultOwner,
            DefaultGroup = defaultGroup,
            Umask = umask,
        });
    }

    /// <summary>Puts a file or the content of a folder of this machine into the container before it starts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="destinationPath">The folder inside the container.</param>
    /// <param name="sourcePath">The file or folder, relative to the AppHost's folder.</param>
    /// <param name="defaultOwner">The id of the user that owns them; the default is 0.</param>
    /// <param name="defaultGroup">The id of the group that owns them; the default is 0.</param>
    /// <param name="umask">The rights that they do not get.</param>
    public static IResourceBuilder<T> WithContainerFiles<T>(this IResourceBuilder<T> builder, string destinationPath, string sourcePath, int? defaultOwner = default, int? defaultGroup = default, UnixFileMode? umask = default)
        where T : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(sourcePath);
        var full = Path.GetFullPath(sourcePath, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithContainerFiles(
            destinationPath,
            (context, _) => Path.Exists(full)
                ? Task.FromResult(ContainerDirectory.GetFileSystemItemsFromPath(full, searchOptions: SearchOption.AllDirectories))
                : throw new DistributedApplicationException($"'{full}' (files for '{destinationPath}' of '{context.Model.Name}') does not exist"),
            defaultOwner,
            defaultGroup,
            umask);
    }

    /// <summary>Says where the container looks for certificates that it trusts.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="customCertificatesDestination">The folder for those that are added; the default is <c>/usr/lib/ssl/aspire</c>.</param>
    /// <param name="defaultCertificateBundlePaths">The files with its own certificates.</param>
    /// <param name="defaultCertificateDirectoryPaths">The folders with its own certificates.</param>
    public static IResourceBuilder<TResource> WithContainerCertificatePaths<TResource>(this IResourceBuilder<TResource> builder, string? customCertificatesDestination = null, List<string>? defaultCertificateBundlePaths = null, List<string>? defaultCertificateDirectoryPaths = null)
        where TResource : ContainerResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(
            new ContainerCertificatePathsAnnotation
            {
                CustomCertificatesDestination = customCertificatesDestination,
                DefaultCertificateBundles = defaultCertificateBundlePaths,
                DefaultCertificateDirectories = defaultCertificateDirectoryPaths,
            },
            ResourceAnnotationMutationBehavior.Replace);
    }
}
