using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Policies of one direction, and the window (0 to 3600 s) that smooths it.</summary>
public sealed class HpaScalingRulesV2
{
    /// <summary>The list <c>policies</c>; left out when empty.</summary>
    [YamlMember(Alias = "policies")]
    public List<HpaScalingPolicyV2> Policies { get; } = [];

    /// <summary>The field <c>stabilizationWindowSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "stabilizationWindowSeconds")]
    public int? StabilizationWindowSeconds { get; set; }

    /// <summary>The field <c>selectPolicy</c>.</summary>
    [YamlMember(Alias = "selectPolicy")]
    public string SelectPolicy { get; set; } = null!;
}
