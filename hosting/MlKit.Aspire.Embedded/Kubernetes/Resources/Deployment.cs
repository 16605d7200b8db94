using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Stateless pods that are rolled out by revision (<c>apps/v1</c>).</summary>
public sealed class Deployment() : Workload("apps/v1", "Deployment")
{
    /// <summary>The field <c>spec</c>.</summary>
    [YamlMember(Alias = "spec")]
    public DeploymentSpecV1 Spec { get; set; } = new();

    /// <inheritdoc/>
    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}
