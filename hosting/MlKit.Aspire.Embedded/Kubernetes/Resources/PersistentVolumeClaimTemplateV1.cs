using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The claim that an ephemeral volume makes.</summary>
public sealed class PersistentVolumeClaimTemplateV1
{
    /// <summary>The field <c>metadata</c>.</summary>
    [YamlMember(Alias = "metadata")]
    public ObjectMetaV1 Metadata { get; set; } = new();

    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public PersistentVolumeClaimSpecV1 Spec { get; set; } = new();
}
