using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Objects of the whole release that an installation may ask for: a quota, and classes of priority.</summary>
internal static class ReleaseObjects
{
    /// <summary>The objects; their values are added.</summary>
    public static IEnumerable<ChartObject> Create(ChartValues values)
    {
        values.Root.Add("resourceQuota", new YamlMapping()
            .Add("enabled", new YamlPlain("false"), null, "A bound for all that the namespace uses.")
            .Add("hard", new YamlMapping().Add("requests.cpu", "64").Add("requests.memory", "256Gi").Add("requests.nvidia.com/gpu", "8")));
        values.Root.Add("priorityClasses", new YamlMapping()
            .Add("create", new YamlPlain("false"), null, "Classes RELEASE-serving and RELEASE-training, for priorityClassName of the resources."));
        return
        [
            Object("resourcequota.yaml", "v1", "ResourceQuota", ObjectNames.FullName, ".Values.resourceQuota.enabled",
                new YamlEntry("spec", new YamlMapping().Add("hard", new YamlBlock("toYaml .Values.resourceQuota.hard")))),
            PriorityClass("serving", 100000, "PreemptLowerPriority", "Pods that answer requests."),
            PriorityClass("training", 10000, "Never", "Jobs; they wait for room and never push others out."),
        ];
    }

    private static ChartObject PriorityClass(string name, int value, string preemption, string description) => Object(
        $"priorityclass-{name}.yaml", "scheduling.k8s.io/v1", "PriorityClass", $"{ObjectNames.FullName}-{name}", ".Values.priorityClasses.create",
        new YamlEntry("value", new YamlPlain(value.ToString(System.Globalization.CultureInfo.InvariantCulture))),
        new YamlEntry("preemptionPolicy", new YamlText(preemption)),
        new YamlEntry("description", new YamlText(description)));

    private static ChartObject Object(string file, string apiVersion, string kind, string name, string when, params YamlEntry[] content)
    {
        var tree = new YamlMapping()
            .Add("apiVersion", apiVersion)
            .Add("kind", kind)
            .Add("metadata", new YamlMapping().Add("name", name).Add("labels", ObjectLabels.Tree(null)));
        tree.Entries.AddRange(content);
        return new ChartObject(null, file, tree) { When = when };
    }
}
