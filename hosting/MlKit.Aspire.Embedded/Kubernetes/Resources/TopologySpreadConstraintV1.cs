using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>How evenly pods are spread over a topology.</summary>
public sealed class TopologySpreadConstraintV1
{
    /// <summary>The field <c>whenUnsatisfiable</c>; left out when null.</summary>
    [YamlMember(Alias = "whenUnsatisfiable")]
    public string? WhenUnsatisfiable { get; set; }

    /// <summary>The field <c>labelSelector</c>.</summary>
    [YamlMember(Alias = "labelSelector")]
    public LabelSelectorV1 LabelSelector { get; set; } = new();

    /// <summary>The list <c>matchLabelKeys</c>; left out when empty.</summary>
    [YamlMember(Alias = "matchLabelKeys")]
    public List<string> MatchLabelKeys { get; } = [];

    /// <summary>The field <c>minDomains</c>; left out when null.</summary>
    [YamlMember(Alias = "minDomains")]
    public int? MinDomains { get; set; }

    /// <summary>The field <c>maxSkew</c>; left out when null.</summary>
    [YamlMember(Alias = "maxSkew")]
    public int? MaxSkew { get; set; }

    /// <summary>The field <c>nodeAffinityPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "nodeAffinityPolicy")]
    public string? NodeAffinityPolicy { get; set; }

    /// <summary>The field <c>nodeTaintsPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "nodeTaintsPolicy")]
    public string? NodeTaintsPolicy { get; set; }

    /// <summary>The field <c>topologyKey</c>; left out when null.</summary>
    [YamlMember(Alias = "topologyKey")]
    public string? TopologyKey { get; set; }
}
