using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A preference for nodes with a weight from 1 to 100.</summary>
public sealed class PreferredSchedulingTermV1
{
    /// <summary>The field <c>weight</c>.</summary>
    [YamlMember(Alias = "weight")]
    public int Weight { get; set; }

    /// <summary>The field <c>preference</c>.</summary>
    [YamlMember(Alias = "preference")]
    public NodeSelectorTermV1 Preference { get; set; } = new();
}
