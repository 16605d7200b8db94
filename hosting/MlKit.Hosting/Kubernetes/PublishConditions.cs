using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// Marks what is only there under a condition on the chart's values. A publisher that does not know the marks writes the
/// object, the volume or the variable always, and the mark as an annotation without effect.
/// </summary>
internal static class PublishConditions
{
    private const string Prefix = "mlkit.dev/when";

    /// <summary>The object, and of a workload all objects of its resource, is only there when the Helm expression holds.</summary>
    public static void OnlyWhen(this BaseKubernetesResource item, string condition) => item.Metadata.Annotations[Prefix] = condition;

    /// <summary>The pods have the volume, and its mounts, only when the Helm expression holds.</summary>
    public static void VolumeOnlyWhen(this PodTemplateSpecV1 pods, string volume, string condition) =>
        pods.Metadata.Annotations[$"{Prefix}-volume.{volume}"] = condition;
}
