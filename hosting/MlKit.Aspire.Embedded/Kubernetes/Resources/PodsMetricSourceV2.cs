using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A metric of each pod, averaged.</summary>
public sealed class PodsMetricSourceV2
{
    /// <summary>The field <c>metric</c>.</summary>
    [YamlMember(Alias = "metric")]
    public MetricIdentifierV2 Metric { get; set; } = new();

    /// <summary>The field <c>target</c>.</summary>
    [YamlMember(Alias = "target")]
    public MetricTargetV2 Target { get; set; } = new();
}
