using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A request for storage (<c>v1</c>).</summary>
public sealed class PersistentVolumeClaim() : BaseKubernetesResource("v1", "PersistentVolumeClaim")
{
    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public PersistentVolumeClaimSpecV1 Spec { get; set; } = new();
}
