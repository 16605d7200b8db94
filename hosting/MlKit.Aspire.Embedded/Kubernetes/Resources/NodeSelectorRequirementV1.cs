using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>One condition on a label or field of a node.</summary>
public sealed class NodeSelectorRequirementV1
{
    /// <summary>The field <c>operator</c>.</summary>
    [YamlMember(Alias = "operator")]
    public string Operator { get; set; } = null!;

    /// <summary>The list <c>values</c>; left out when empty.</summary>
    [YamlMember(Alias = "values")]
    public List<string> Values { get; } = [];

    /// <summary>The field <c>key</c>.</summary>
    [YamlMember(Alias = "key")]
    public string Key { get; set; } = null!;
}
