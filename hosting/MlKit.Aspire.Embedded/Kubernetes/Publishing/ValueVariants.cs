using Aspire.Hosting.Kubernetes.Checking.Rules;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Value files beside <c>values.yaml</c>: for one node without accelerators and bucket, and for nodes that hand out slices
/// of a GPU.
/// </summary>
internal static class ValueVariants
{
    private const string WholeGpu = "nvidia.com/gpu";
    private const string Slice = "nvidia.com/mig-1g.10gb";
    private const string SmallCpu = "100m";
    private const string SmallMemory = "512Mi";
    private const string SmallDisk = "100Mi";

    /// <summary>One node, no GPU, no bucket: small requests, no autoscalers, volumes that the pods share.</summary>
    public static string Development(YamlMapping values)
    {
        var variant = new YamlMapping();
        if ((values["storage"] as YamlMapping)?["kind"] is not null)
        {
            variant.Map("storage").Add("kind", "volume");
        }

        foreach (var (name, resource) in Resources(values))
        {
            var own = new YamlMapping();
            Shrink(resource, own);
            if (resource["autoscaling"] is YamlMapping)
            {
                own.Map("autoscaling").Add("enabled", new YamlPlain("false"));
            }

            if (own.Entries.Count > 0)
            {
                variant.Add(name, own);
            }
        }

        return Write(
            "For one node without a GPU and without a bucket, such as kind or k3d. Images that were loaded into the node\n"
            + "need --set global.imagePullPolicy=IfNotPresent beside it.",
            variant);
    }

    /// <summary>A slice in place of each whole NVIDIA GPU; null where nothing asks for one.</summary>
    public static string? Slices(YamlMapping values)
    {
        var variant = new YamlMapping();
        foreach (var (name, resource) in Resources(values))
        {
            if (Limits(resource)[WholeGpu] is { } count)
            {
                variant.Map(name).Map("resources").Map("limits").Add(WholeGpu, new YamlPlain("null")).Add(Slice, count);
            }
        }

        return variant.Entries.Count == 0
            ? null
            : Write("For GPUs that are partitioned (MIG strategy mixed): a slice in place of each whole GPU.", variant);
    }

    private static void Shrink(YamlMapping resource, YamlMapping own)
    {
        var accelerators = Limits(resource).Entries.Where(entry => entry.Key.Contains('/', StringComparison.Ordinal)).ToList();
        foreach (var accelerator in accelerators)
        {
            own.Map("resources").Map("limits").Add(accelerator.Key, new YamlPlain("null"));
        }

        var requests = (resource["resources"] as YamlMapping)?["requests"] as YamlMapping;
        foreach (var (key, small) in new[] { ("cpu", SmallCpu), ("memory", SmallMemory), ("ephemeral-storage", SmallDisk) })
        {
            if (requests?[key] is YamlText given && Quantity.Parse(given.Value) > Quantity.Parse(small))
            {
                own.Map("resources").Map("requests").Add(key, small);
            }
        }

        if (accelerators.Count > 0)
        {
            own.Add("tolerations", new YamlSequence());
            foreach (var label in (resource["nodeSelector"] as YamlMapping)?.Entries ?? [])
            {
                own.Map("nodeSelector").Add(label.Key, new YamlPlain("null"));
            }
        }
    }

    private static YamlMapping Limits(YamlMapping resource) =>
        (resource["resources"] as YamlMapping)?["limits"] as YamlMapping ?? new YamlMapping();

    private static IEnumerable<(string Name, YamlMapping Resource)> Resources(YamlMapping values) =>
        values.Entries.Where(entry => entry.Value is YamlMapping map && map["image"] is not null && map["resources"] is not null)
            .Select(entry => (entry.Key, (YamlMapping)entry.Value));

    private static string Write(string comment, YamlMapping variant) =>
        string.Concat(comment.Split('\n').Select(line => $"# {line}\n")) + (variant.Entries.Count == 0 ? "{}\n" : YamlWriter.Write(variant));
}
