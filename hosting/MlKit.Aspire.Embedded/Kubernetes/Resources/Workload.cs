using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>An object that makes pods. Derive from it for a kind that has no class here, for example a Job.</summary>
/// <param name="apiVersion">Group and version, for example <c>batch/v1</c>.</param>
/// <param name="kind">The kind, for example <c>Job</c>.</param>
public abstract class Workload(string apiVersion, string kind) : BaseKubernetesResource(apiVersion, kind)
{
    /// <summary>The template of the pods, wherever the kind keeps it; not written by itself.</summary>
    [YamlIgnore]
    public abstract PodTemplateSpecV1 PodTemplate { get; }
}
