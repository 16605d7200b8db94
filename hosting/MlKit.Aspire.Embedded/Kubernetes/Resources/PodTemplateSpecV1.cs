using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The pods that a workload makes.</summary>
public sealed class PodTemplateSpecV1
{
    /// <summary>The field <c>metadata</c>.</summary>
    [YamlMember(Alias = "metadata")]
    public ObjectMetaV1 Metadata { get; set; } = new();

    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public PodSpecV1 Spec { get; set; } = new();
}
