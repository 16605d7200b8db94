using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>At most so many pods or percent in a period of 1 to 1800 s.</summary>
public sealed class HpaScalingPolicyV2
{
    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;

    /// <summary>The field <c>value</c>.</summary>
    [YamlMember(Alias = "value")]
    public int Value { get; set; }

    /// <summary>The field <c>periodSeconds</c>.</summary>
    [YamlMember(Alias = "periodSeconds")]
    public int PeriodSeconds { get; set; }
}
