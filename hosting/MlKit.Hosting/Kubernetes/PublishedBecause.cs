using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Says on an object which call of the AppHost caused it.</summary>
internal static class PublishedBecause
{
    private const string Annotation = "mlkit.dev/caused-by";
    private const string Given = "mlkit.dev/given";

    /// <summary>Sets the annotation.</summary>
    public static T Because<T>(this T item, string call)
        where T : BaseKubernetesResource
    {
        item.Metadata.Annotations[Annotation] = call;
        return item;
    }

    /// <summary>Says that the workload uses an object that is in the cluster before anything is installed.</summary>
    public static void Expects(this Workload workload, string name)
    {
        var before = workload.Metadata.Annotations.TryGetValue(Given, out var names) ? $"{names}," : "";
        workload.Metadata.Annotations[Given] = $"{before}{name}";
    }
}
