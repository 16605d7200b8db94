using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A <see cref="Secret"/> as files, one per key.</summary>
public sealed class SecretVolumeSourceV1
{
    /// <summary>The field <c>defaultMode</c>; left out when null.</summary>
    [YamlMember(Alias = "defaultMode")]
    public int? DefaultMode { get; set; }

    /// <summary>The field <c>secretName</c>.</summary>
    [YamlMember(Alias = "secretName")]
    public string SecretName { get; set; } = null!;

    /// <summary>The field <c>optional</c>; left out when null.</summary>
    [YamlMember(Alias = "optional")]
    public bool? Optional { get; set; }

    /// <summary>The list <c>items</c>; left out when empty.</summary>
    [YamlMember(Alias = "items")]
    public List<KeyToPathV1> Items { get; } = [];
}
