using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What is scaled, between which bounds, by which metrics.</summary>
public sealed class HorizontalPodAutoscalerSpecV2
{
    /// <summary>The field <c>scaleTargetRef</c>.</summary>
    [YamlMember(Alias = "scaleTargetRef")]
    public CrossVersionObjectReferenceV2 ScaleTargetRef { get; set; } = new();

    /// <summary>The field <c>behavior</c>.</summary>
    [YamlMember(Alias = "behavior")]
    public HorizontalPodAutoscalerBehaviorV2 Behavior { get; set; } = new();

    /// <summary>The field <c>maxReplicas</c>.</summary>
    [YamlMember(Alias = "maxReplicas")]
    public int MaxReplicas { get; set; }

    /// <summary>The list <c>metrics</c>; left out when empty.</summary>
    [YamlMember(Alias = "metrics")]
    public List<MetricSpecV2> Metrics { get; } = [];

    /// <summary>The field <c>minReplicas</c>; left out when null.</summary>
    [YamlMember(Alias = "minReplicas")]
    public int? MinReplicas { get; set; }
}
