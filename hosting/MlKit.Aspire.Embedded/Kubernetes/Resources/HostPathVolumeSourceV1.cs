using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A folder of the node.</summary>
public sealed class HostPathVolumeSourceV1
{
    /// <summary>The field <c>path</c>.</summary>
    [YamlMember(Alias = "path")]
    public string Path { get; set; } = null!;

    /// <summary>The field <c>type</c>; left out when null.</summary>
    [YamlMember(Alias = "type")]
    public string? Type { get; set; }
}
