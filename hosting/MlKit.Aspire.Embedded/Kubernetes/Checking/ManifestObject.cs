using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>One object of a manifest folder. Its accessors take what is there and never throw on what is not.</summary>
/// <param name="File">The file that it stands in.</param>
/// <param name="Tree">The object.</param>
internal sealed record ManifestObject(string File, JsonObject Tree)
{
    public string ApiVersion => Text(Tree, "apiVersion");

    public string Kind => Text(Tree, "kind");

    public string Name => Text(Map(Tree, "metadata"), "name");

    /// <summary>The namespace; empty for the one that it is applied to.</summary>
    public string Namespace => Text(Map(Tree, "metadata"), "namespace");

    public string Title => Name.Length > 0 ? $"{Kind}/{Name}" : Kind;

    public JsonObject Spec => Map(Tree, "spec");

    /// <summary>The path of the pod template, for example <c>spec.template</c>; null for what makes no pods.</summary>
    public string? TemplatePath => Kind switch
    {
        "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" => "spec.template",
        "CronJob" => "spec.jobTemplate.spec.template",
        "Pod" => "",
        _ => null,
    };

    /// <summary>The pod template; null for what makes no pods.</summary>
    public JsonObject? Template => Kind switch
    {
        "Pod" => Tree,
        "CronJob" => Map(Map(Map(Spec, "jobTemplate"), "spec"), "template"),
        _ => TemplatePath is null ? null : Map(Spec, "template"),
    };

    /// <summary>The pods' specification with its path; null for what makes no pods.</summary>
    public (JsonObject Spec, string Path)? Pod =>
        Template is { } template ? (Map(template, "spec"), FieldPath.Of(TemplatePath!, "spec")) : null;

    /// <summary>The labels of the pods that it makes.</summary>
    public JsonObject PodLabels => Template is { } template ? Map(Map(template, "metadata"), "labels") : [];

    /// <summary>Containers and init containers with their paths.</summary>
    public IEnumerable<(JsonObject Container, string Path, bool IsInit)> Containers
    {
        get
        {
            if (Pod is not { } pod)
            {
                yield break;
            }

            foreach (var key in new[] { "initContainers", "containers" })
            {
                var index = 0;
                foreach (var container in List(pod.Spec, key))
                {
                    yield return (container, FieldPath.Of(FieldPath.Of(pod.Path, key), index++), key == "initContainers");
                }
            }
        }
    }

    public bool IsInNamespaceOf(ManifestObject other) => Namespace == other.Namespace;

    public static JsonObject Map(JsonObject map, string key) => map[key] as JsonObject ?? [];

    public static IEnumerable<JsonObject> List(JsonObject map, string key) => (map[key] as JsonArray)?.OfType<JsonObject>() ?? [];

    public static string Text(JsonObject map, string key) =>
        map[key] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? (string)value! : "";

    /// <summary>A whole number; null for everything else.</summary>
    public static int? Number(JsonObject map, string key) =>
        map[key]?.GetValueKind() == JsonValueKind.Number && int.TryParse(map[key]!.ToJsonString(), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
