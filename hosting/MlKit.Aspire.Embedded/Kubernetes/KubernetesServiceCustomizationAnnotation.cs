using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>A callback that changes the Kubernetes objects of a resource.</summary>
/// <param name="configure">Receives the objects.</param>
public sealed class KubernetesServiceCustomizationAnnotation(Action<KubernetesResource> configure) : IResourceAnnotation
{
    /// <summary>Receives the objects.</summary>
    public Action<KubernetesResource> Configure { get; } =
        configure ?? throw new ArgumentNullException(nameof(configure));
}
