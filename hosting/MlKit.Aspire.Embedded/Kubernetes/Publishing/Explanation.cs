using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Checking;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Which call of the AppHost caused an object, as an annotation of the object. A callback that adds an object may say
/// it itself; otherwise it follows from the object's kind.
/// </summary>
internal static class Explanation
{
    /// <summary>The annotation's key.</summary>
    public const string Annotation = "mlkit.dev/caused-by";

    /// <summary>What an object says about its cause.</summary>
    public static string Of(ManifestObject item) =>
        ManifestObject.Text(ManifestObject.Map(ManifestObject.Map(item.Tree, "metadata"), "annotations"), Annotation);

    /// <summary>Adds the annotation where a callback has not set it.</summary>
    public static void Add(ChartObject item)
    {
        var annotations = item.Map("metadata").Map("annotations");
        if (annotations[Annotation] is null)
        {
            annotations.Set(Annotation, new YamlText(HelmText.Escape(Cause(item))));
        }
    }

    private static string Cause(ChartObject item)
    {
        if (item.Owner is not { } resource)
        {
            return item.Kind == "Secret" ? "the generated passwords of the resources" : "AddKubernetesEnvironment";
        }

        var add = $"{AddCall(resource)}(\"{resource.Name}\")";
        return item.Kind switch
        {
            "Service" => $"{add}, its endpoints {string.Join(", ", resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name))}",
            "ConfigMap" => $"{add}, WithEnvironment and WithReference",
            "Secret" => $"{add}, WithEnvironment and WithReference with a secret",
            "PersistentVolumeClaim" => $"{add}, WithVolume",
            "NetworkPolicy" => $"{add}, WithReference, WaitFor and endpoints",
            "Ingress" or "HTTPRoute" => $"{add}, WithExternalHttpEndpoints",
            _ => add,
        };
    }

    private static string AddCall(IResource resource)
    {
        var type = resource.GetType().Name;
        foreach (var suffix in new[] { "ContainerResource", "ServerResource", "Resource" })
        {
            if (type.Length > suffix.Length && type.EndsWith(suffix, StringComparison.Ordinal))
            {
                return $"Add{type[..^suffix.Length]}";
            }
        }

        return type == "ContainerResource" ? "AddContainer" : $"Add{type}";
    }
}
