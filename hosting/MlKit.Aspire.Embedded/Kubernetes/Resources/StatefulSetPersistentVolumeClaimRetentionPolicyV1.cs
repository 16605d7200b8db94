using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What becomes of claims: <c>Retain</c> or <c>Delete</c>.</summary>
public sealed class StatefulSetPersistentVolumeClaimRetentionPolicyV1
{
    /// <summary>The field <c>whenDeleted</c>; left out when null.</summary>
    [YamlMember(Alias = "whenDeleted")]
    public string? WhenDeleted { get; set; }

    /// <summary>The field <c>whenScaled</c>; left out when null.</summary>
    [YamlMember(Alias = "whenScaled")]
    public string? WhenScaled { get; set; }
}
