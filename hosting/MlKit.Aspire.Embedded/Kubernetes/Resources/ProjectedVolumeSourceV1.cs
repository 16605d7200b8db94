using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Several sources in one volume.</summary>
public sealed class ProjectedVolumeSourceV1
{
    /// <summary>The field <c>defaultMode</c>; left out when null.</summary>
    [YamlMember(Alias = "defaultMode")]
    public int? DefaultMode { get; set; }

    /// <summary>The list <c>sources</c>; left out when empty.</summary>
    [YamlMember(Alias = "sources")]
    public List<VolumeProjectionV1> Sources { get; } = [];
}
