using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting
{
    /// <summary>Finds containers in a model.</summary>
    public static class ContainerResourceExtensions
    {
        /// <summary>The resources of a model that run from an image, whatever their class.</summary>
        /// <param name="model">The model.</param>
        public static IEnumerable<IResource> GetContainerResources(this DistributedApplicationModel model)
        {
            ArgumentNullException.ThrowIfNull(model);
            return model.Resources.Where(IsContainer);
        }

        /// <summary>Whether a resource runs from an image.</summary>
        /// <param name="resource">The resource.</param>
        public static bool IsContainer(this IResource resource)
        {
            ArgumentNullException.ThrowIfNull(resource);
            return resource.HasAnnotationOfType<ContainerImageAnnotation>();
        }
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    public static partial class ResourceExtensions
    {
        /// <summary>The full name of the image: registry, name, and tag or digest.</summary>
        /// <param name="resource">The resource.</param>
        /// <param name="imageName">The name.</param>
        public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName) =>
            resource.TryGetContainerImageName(useBuiltImage: true, out imageName);

        /// <summary>The full name of the image: registry, name, and tag or digest.</summary>
        /// <param name="resource">The resource.</param>
        /// <param name="useBuiltImage">Whether the name of an image that is built counts before the declared one.</param>
        /// <param name="imageName">The name.</param>
        public static bool TryGetContainerImageName(this IResource resource, bool useBuiltImage, [NotNullWhen(true)] out string? imageName)
        {
            if (useBuiltImage && resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out var build) && build.ImageName is { Length: > 0 } built)
            {
                imageName = $"{built}:{build.ImageTag ?? "latest"}";
                return true;
            }

            imageName = resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image) ? FullName(image) : null;
            return imageName is not null;
        }

        private static string FullName(ContainerImageAnnotation image)
        {
            var name = string.IsNullOrEmpty(image.Registry) ? image.Image : $"{image.Registry}/{image.Image}";
            return image.SHA256 is { Length: > 0 } digest ? $"{name}@sha256:{digest}" : $"{name}:{image.Tag ?? "latest"}";
        }
    }
}
