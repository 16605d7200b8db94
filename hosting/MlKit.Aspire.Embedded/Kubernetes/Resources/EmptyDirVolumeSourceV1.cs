using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A folder that lives as long as the pod.</summary>
public sealed class EmptyDirVolumeSourceV1
{
    /// <summary>The field <c>medium</c>; left out when null.</summary>
    [YamlMember(Alias = "medium")]
    public string? Medium { get; set; }

    /// <summary>The field <c>sizeLimit</c>; left out when null.</summary>
    [YamlMember(Alias = "sizeLimit")]
    public string? SizeLimit { get; set; }
}
