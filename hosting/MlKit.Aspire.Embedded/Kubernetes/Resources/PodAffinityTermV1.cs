using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Pods, and the topology in which they count as near.</summary>
public sealed class PodAffinityTermV1
{
    /// <summary>The field <c>labelSelector</c>.</summary>
    [YamlMember(Alias = "labelSelector")]
    public LabelSelectorV1 LabelSelector { get; set; } = new();

    /// <summary>The field <c>namespaceSelector</c>.</summary>
    [YamlMember(Alias = "namespaceSelector")]
    public LabelSelectorV1 NamespaceSelector { get; set; } = new();

    /// <summary>The list <c>matchLabelKeys</c>; left out when empty.</summary>
    [YamlMember(Alias = "matchLabelKeys")]
    public List<string> MatchLabelKeys { get; } = [];

    /// <summary>The list <c>mismatchLabelKeys</c>; left out when empty.</summary>
    [YamlMember(Alias = "mismatchLabelKeys")]
    public List<string> MismatchLabelKeys { get; } = [];

    /// <summary>The list <c>namespaces</c>; left out when empty.</summary>
    [YamlMember(Alias = "namespaces")]
    public List<string> Namespaces { get; } = [];

    /// <summary>The field <c>topologyKey</c>.</summary>
    [YamlMember(Alias = "topologyKey")]
    public string TopologyKey { get; set; } = null!;
}
