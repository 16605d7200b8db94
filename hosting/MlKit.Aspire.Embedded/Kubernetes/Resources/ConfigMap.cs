using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Settings, readable by everybody who may read the namespace (<c>v1</c>).</summary>
public sealed class ConfigMap() : BaseKubernetesResource("v1", "ConfigMap")
{
    /// <summary>The map <c>binaryData</c>; left out when empty.</summary>
    [YamlMember(Alias = "binaryData")]
    public Dictionary<string, string> BinaryData { get; } = [];

    /// <summary>The map <c>data</c>; left out when empty.</summary>
    [YamlMember(Alias = "data")]
    public Dictionary<string, string> Data { get; } = [];

    /// <summary>The field <c>immutable</c>; left out when null.</summary>
    [YamlMember(Alias = "immutable")]
    public bool? Immutable { get; set; }
}
