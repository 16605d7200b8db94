using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>
/// An object of a cluster. Derive from it, with <c>YamlMember</c> attributes on the properties, for a kind that has no
/// class here, and add the instance to <c>KubernetesResource.AdditionalResources</c>.
/// </summary>
/// <param name="apiVersion">Group and version, for example <c>apps/v1</c>.</param>
/// <param name="kind">The kind, for example <c>Deployment</c>.</param>
public abstract class BaseKubernetesResource(string apiVersion, string kind) : BaseKubernetesObject(apiVersion, kind)
{
    /// <summary>Name, labels and annotations.</summary>
    [YamlMember(Alias = "metadata", Order = -1)]
    public ObjectMetaV1 Metadata { get; set; } = new();
}
