using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// An object of any kind, for kinds that Aspire's publisher has no class for: those of Kubernetes itself and of the
/// operators in a cluster. What stands in <see cref="Spec"/> is written as it is: texts, numbers, flags, lists, maps.
/// </summary>
/// <param name="apiVersion">Group and version, such as <c>keda.sh/v1alpha1</c>.</param>
/// <param name="kind">The kind, such as <c>ScaledObject</c>.</param>
/// <example>
/// <code>
/// scorer.PublishAsKubernetesService(objects => objects.AdditionalResources.Add(
///     new CustomResource("kueue.x-k8s.io/v1beta2", "LocalQueue")
///     {
///         Metadata = { Name = "training" },
///         Spec = { ["clusterQueue"] = "gpus" },
///     }));
/// </code>
/// </example>
public sealed class CustomResource(string apiVersion, string kind) : BaseKubernetesResource(apiVersion, kind)
{
    /// <summary>The specification.</summary>
    [YamlMember(Alias = "spec")]
    public Dictionary<string, object> Spec { get; } = new(StringComparer.Ordinal);
}
