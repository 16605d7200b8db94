using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Scales a workload by its metrics (<c>autoscaling/v2</c>).</summary>
public sealed class HorizontalPodAutoscalerV2() : BaseKubernetesResource("autoscaling/v2", "HorizontalPodAutoscaler")
{
    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public HorizontalPodAutoscalerSpecV2 Spec { get; set; } = new();
}
