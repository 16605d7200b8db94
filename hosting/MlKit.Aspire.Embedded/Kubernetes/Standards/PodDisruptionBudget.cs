using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>How many pods of a workload may be away at once (<c>policy/v1</c>).</summary>
internal sealed class PodDisruptionBudget() : BaseKubernetesResource("policy/v1", "PodDisruptionBudget")
{
    [YamlMember(Alias = "spec")]
    public PodDisruptionBudgetSpec Spec { get; set; } = new();
}

/// <summary>Which pods, and how many.</summary>
internal sealed class PodDisruptionBudgetSpec
{
    [YamlMember(Alias = "maxUnavailable")]
    public int? MaxUnavailable { get; set; }

    [YamlMember(Alias = "unhealthyPodEvictionPolicy")]
    public string? UnhealthyPodEvictionPolicy { get; set; }

    [YamlMember(Alias = "selector")]
    public LabelSelectorV1 Selector { get; set; } = new();
}
