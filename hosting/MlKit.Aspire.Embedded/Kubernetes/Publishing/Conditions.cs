using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Conditions that a callback put on an object, or on a volume of its pods, as annotations
/// (<c>mlkit.dev/when</c>, <c>mlkit.dev/when-volume.NAME</c>). They become <c>if</c> in the templates.
/// </summary>
internal static class Conditions
{
    private const string Prefix = "mlkit.dev/when";
    private const string VolumePrefix = $"{Prefix}-volume.";

    /// <summary>Takes the condition of the object itself off its annotations; null where it has none.</summary>
    public static string? TakeOwn(YamlMapping tree) =>
        (tree["metadata"] as YamlMapping)?["annotations"] is YamlMapping annotations ? Take(annotations, Prefix, tree) : null;

    /// <summary>Puts volumes and their mounts under the conditions that the pods' annotations name.</summary>
    public static void ApplyToVolumes(ChartObject item)
    {
        if (item.PodTemplate is not { } template || (template["metadata"] as YamlMapping)?["annotations"] is not YamlMapping annotations)
        {
            return;
        }

        foreach (var key in annotations.Entries.Select(entry => entry.Key).Where(key => key.StartsWith(VolumePrefix, StringComparison.Ordinal)).ToList())
        {
            var condition = Take(annotations, key, template)!;
            var name = key[VolumePrefix.Length..];
            Wrap((template["spec"] as YamlMapping)?["volumes"], name, condition);
            foreach (var container in item.Containers)
            {
                Wrap(container["volumeMounts"], name, condition);
            }
        }
    }

    /// <summary>Both conditions, or the one that is there.</summary>
    public static string? Both(string? first, string? second) =>
        first is null || second is null || first == second ? first ?? second : $"and ({first}) ({second})";

    private static string? Take(YamlMapping annotations, string key, YamlMapping owner)
    {
        if (annotations[key] is not YamlText { Value: var condition })
        {
            return null;
        }

        annotations.Entries.RemoveAll(entry => entry.Key == key);
        if (annotations.Entries.Count == 0)
        {
            ((YamlMapping)owner["metadata"]!).Entries.RemoveAll(entry => entry.Key == "annotations");
        }

        return condition;
    }

    private static void Wrap(YamlNode? list, string name, string condition)
    {
        var items = (list as YamlSequence)?.Items ?? [];
        for (var index = 0; index < items.Count; index++)
        {
            if (items[index] is YamlMapping map && map["name"] is YamlText { Value: var found } && found == name)
            {
                items[index] = new YamlWhen(condition, map);
            }
        }
    }
}
