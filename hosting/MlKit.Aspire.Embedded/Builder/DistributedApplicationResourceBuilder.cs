using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>The default <see cref="IResourceBuilder{T}"/>.</summary>
internal sealed class DistributedApplicationResourceBuilder<T>(IDistributedApplicationBuilder applicationBuilder, T resource) : IResourceBuilder<T>
    where T : IResource
{
    public IDistributedApplicationBuilder ApplicationBuilder { get; } = applicationBuilder;

    public T Resource { get; } = resource;

    public IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior = ResourceAnnotationMutationBehavior.Append)
        where TAnnotation : IResourceAnnotation
    {
        ArgumentNullException.ThrowIfNull(annotation);
        if (behavior == ResourceAnnotationMutationBehavior.Replace)
        {
            foreach (var earlier in Resource.Annotations.OfType<TAnnotation>().ToList())
            {
                Resource.Annotations.Remove(earlier);
            }
        }
        else if (behavior != ResourceAnnotationMutationBehavior.Append)
        {
            throw new ArgumentOutOfRangeException(nameof(behavior), behavior, "Allowed: Append, Replace.");
        }

        Resource.Annotations.Add(annotation);
        return this;
    }
}
