using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A stable name and address for pods (<c>v1</c>).</summary>
public sealed class Service() : BaseKubernetesResource("v1", "Service")
{
    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public ServiceSpecV1 Spec { get; set; } = new();
}
