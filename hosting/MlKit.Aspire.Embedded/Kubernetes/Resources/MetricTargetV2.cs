using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The value aimed at: exactly one of its members, by <c>type</c> (<c>Utilization</c>, <c>AverageValue</c>, <c>Value</c>).</summary>
public sealed class MetricTargetV2
{
    /// <summary>The field <c>averageValue</c>.</summary>
    [YamlMember(Alias = "averageValue")]
    public string AverageValue { get; set; } = null!;

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;

    /// <summary>The field <c>value</c>.</summary>
    [YamlMember(Alias = "value")]
    public string Value { get; set; } = null!;

    /// <summary>The field <c>averageUtilization</c>; left out when null.</summary>
    [YamlMember(Alias = "averageUtilization")]
    public int? AverageUtilization { get; set; }
}
