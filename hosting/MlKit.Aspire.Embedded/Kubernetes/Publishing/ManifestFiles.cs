using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Plain manifests: the chart's objects with its default values, one per file. Secrets are there without content; the
/// script <c>secrets.sh</c> makes their values in the cluster, once.
/// </summary>
internal static class ManifestFiles
{
    /// <summary>The first line of every file, by which a later publish knows its own.</summary>
    public const string Header = "# Published from the AppHost; a later publish replaces it.";

    private const string ChartLabel = "helm.sh/chart";
    private const string SecretChecksum = "checksum/secrets";

    public static SortedDictionary<string, string> Create(PublishedChart chart, OutputFormat format)
    {
        var objects = chart.Render("kubectl").Where(item => !IsHook(item) && !HoldsGeneratedOnly(chart, item)).ToList();
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in objects)
        {
            Clean(item.Tree);
            files[item.File] = $"{Header}\n{YamlWriter.Write(JsonTree.FromJson(item.Tree))}";
        }

        chart.Require(objects);
        files["README.md"] = ManifestReadme.Write(chart, format);
        if (SecretScript.Write(chart) is { } script)
        {
            files["secrets.sh"] = script;
        }

        if (format == OutputFormat.Kustomize)
        {
            files["kustomization.yaml"] = Kustomization.Write(objects);
        }

        return files;
    }

    private static bool IsHook(ManifestObject item) =>
        ManifestObject.Map(ManifestObject.Map(item.Tree, "metadata"), "annotations").ContainsKey("helm.sh/hook");

    // Passwords are made by the script, where they are not kept beside the Secrets that use them.
    private static bool HoldsGeneratedOnly(PublishedChart chart, ManifestObject item) =>
        item.Kind == "Secret" && item.File == HelperTemplates.GeneratedSecretFile && chart.Values.Secrets.Count > 0;

    private static void Clean(JsonObject tree)
    {
        if (ManifestObject.Text(tree, "kind") == "Secret")
        {
            tree.Remove("stringData");
            tree.Remove("data");
        }

        Strip(tree);
    }

    // What only Helm reads has no place in a plain manifest.
    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                Remove(map, "labels", ChartLabel);
                Remove(map, "annotations", KeptClaims.Policy);
                Remove(map, "annotations", SecretChecksum);
                foreach (var entry in map)
                {
                    Strip(entry.Value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Strip(item);
                }

                break;
        }
    }

    private static void Remove(JsonObject map, string field, string key)
    {
        if (map[field] is JsonObject entries && entries.Remove(key) && entries.Count == 0)
        {
            map.Remove(field);
        }
    }
}
