using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A <see cref="ConfigMap"/> as files, one per key.</summary>
public sealed class ConfigMapVolumeSourceV1
{
    /// <summary>The field <c>defaultMode</c>; left out when null.</summary>
    [YamlMember(Alias = "defaultMode")]
    public int? DefaultMode { get; set; }

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>optional</c>; left out when null.</summary>
    [YamlMember(Alias = "optional")]
    public bool? Optional { get; set; }

    /// <summary>The list <c>items</c>; left out when empty.</summary>
    [YamlMember(Alias = "items")]
    public List<KeyToPathV1> Items { get; } = [];
}
