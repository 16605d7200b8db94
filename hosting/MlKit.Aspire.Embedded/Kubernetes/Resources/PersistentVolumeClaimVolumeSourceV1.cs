using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A claim of the same namespace.</summary>
public sealed class PersistentVolumeClaimVolumeSourceV1
{
    /// <summary>The field <c>claimName</c>.</summary>
    [YamlMember(Alias = "claimName")]
    public string ClaimName { get; set; } = null!;

    /// <summary>The field <c>readOnly</c>; left out when null.</summary>
    [YamlMember(Alias = "readOnly")]
    public bool? ReadOnly { get; set; }
}
