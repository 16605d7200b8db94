using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Confidential settings (<c>v1</c>).</summary>
public sealed class Secret() : BaseKubernetesResource("v1", "Secret")
{
    /// <summary>The map <c>data</c>; left out when empty.</summary>
    [YamlMember(Alias = "data")]
    public Dictionary<string, string> Data { get; } = [];

    /// <summary>The map <c>stringData</c>; left out when empty.</summary>
    [YamlMember(Alias = "stringData")]
    public Dictionary<string, string> StringData { get; } = [];

    /// <summary>The field <c>immutable</c>; left out when null.</summary>
    [YamlMember(Alias = "immutable")]
    public bool? Immutable { get; set; }

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;
}
