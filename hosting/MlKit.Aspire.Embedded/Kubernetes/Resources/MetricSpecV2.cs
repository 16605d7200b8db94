using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>One metric: its type and the source of that type.</summary>
public sealed class MetricSpecV2
{
    /// <summary>The field <c>containerResource</c>.</summary>
    [YamlMember(Alias = "containerResource")]
    public ContainerResourceMetricSourceV2 ContainerResource { get; set; } = new();

    /// <summary>The field <c>resource</c>.</summary>
    [YamlMember(Alias = "resource")]
    public ResourceMetricSourceV2 Resource { get; set; } = new();

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;

    /// <summary>The field <c>external</c>.</summary>
    [YamlMember(Alias = "external")]
    public ExternalMetricSourceV2 External { get; set; } = new();

    /// <summary>The field <c>pods</c>.</summary>
    [YamlMember(Alias = "pods")]
    public PodsMetricSourceV2 Pods { get; set; } = new();

    /// <summary>The field <c>object</c>.</summary>
    [YamlMember(Alias = "object")]
    public ObjectMetricSourceV2 Object { get; set; } = new();
}
