using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Changes the Kubernetes objects of a resource.</summary>
public static class KubernetesServiceExtensions
{
    /// <summary>
    /// Changes the objects that <paramref name="builder"/> is published as. Callbacks run in the order of the calls,
    /// after the objects were built and before they are written. In run mode it has no effect.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Receives the objects.</param>
    public static IResourceBuilder<T> PublishAsKubernetesService<T>(
        this IResourceBuilder<T> builder,
        Action<KubernetesResource> configure)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.WithAnnotation(new KubernetesServiceCustomizationAnnotation(configure))
            : builder;
    }
}
