using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes;

/// <summary>The Kubernetes objects that a resource is published as. An object that is set to null is not written.</summary>
/// <param name="name">The name.</param>
/// <param name="resource">The resource that is published.</param>
/// <param name="kubernetesEnvironmentResource">The environment that it is published to.</param>
public class KubernetesResource(
    string name,
    IResource resource,
    KubernetesEnvironmentResource kubernetesEnvironmentResource)
    : Resource(name), IResourceWithParent<KubernetesEnvironmentResource>
{
    /// <summary>The environment that the resource is published to.</summary>
    public KubernetesEnvironmentResource Parent { get; } = kubernetesEnvironmentResource;

    /// <summary>What makes the pods: a Deployment, a StatefulSet, or what a callback put in its place.</summary>
    public Workload? Workload { get; set; }

    /// <summary>Environment variables without a secret in them.</summary>
    public ConfigMap? ConfigMap { get; set; }

    /// <summary>Environment variables with a secret in them, as Helm expressions.</summary>
    public Secret? Secret { get; set; }

    /// <summary>The address by which other resources find this one.</summary>
    public Service? Service { get; set; }

    /// <summary>Further objects: claims, autoscalers, policies, custom resources.</summary>
    public List<BaseKubernetesResource> AdditionalResources { get; } = [];

    /// <summary>The resource that is published.</summary>
    internal IResource Source { get; } = resource;
}
