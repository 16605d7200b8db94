using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>HTTP routes from outside to Services (<c>networking.k8s.io/v1</c>).</summary>
public sealed class Ingress() : BaseKubernetesResource("networking.k8s.io/v1", "Ingress")
{
    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public IngressSpecV1 Spec { get; set; } = new();
}
