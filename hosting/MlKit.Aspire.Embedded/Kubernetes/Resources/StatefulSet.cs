using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Pods with a stable name and a claim each (<c>apps/v1</c>).</summary>
public sealed class StatefulSet() : Workload("apps/v1", "StatefulSet")
{
    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public StatefulSetSpecV1 Spec { get; set; } = new();

    /// <inheritdoc/>
    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}
