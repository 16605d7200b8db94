using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Keys of a <see cref="ConfigMap"/> in a projected volume.</summary>
public sealed class ConfigMapProjectionV1
{
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
