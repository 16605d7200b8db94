using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Conditions on a node that must all hold.</summary>
public sealed class NodeSelectorTermV1
{
    /// <summary>The list <c>matchExpressions</c>; left out when empty.</summary>
    [YamlMember(Alias = "matchExpressions")]
    public List<NodeSelectorRequirementV1> MatchExpressions { get; } = [];

    /// <summary>The list <c>matchFields</c>; left out when empty.</summary>
    [YamlMember(Alias = "matchFields")]
    public List<NodeSelectorRequirementV1> MatchFields { get; } = [];
}
