using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A claim that lives as long as the pod.</summary>
public sealed class EphemeralVolumeSourceV1
{
    /// <summary>The field <c>volumeClaimTemplate</c>.</summary>
    [YamlMember(Alias = "volumeClaimTemplate")]
    public PersistentVolumeClaimTemplateV1 VolumeClaimTemplate { get; set; } = new();
}
