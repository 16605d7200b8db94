using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Turns the objects of all resources into trees with complete labels, conditions and references.</summary>
internal static class ChartAssembler
{
    public static List<ChartObject> Assemble(IReadOnlyList<KubernetesResource> resources)
    {
        var objects = new List<ChartObject>();
        foreach (var resource in resources)
        {
            var files = new HashSet<string>(StringComparer.Ordinal);
            BaseKubernetesResource?[] main = [resource.Workload, resource.Service, resource.ConfigMap, resource.Secret];
            var own = main.OfType<BaseKubernetesResource>().Concat(resource.AdditionalResources).Select(item => ToTree(resource, item, files)).ToList();
            RollOnChange(own);
            ApplyConditions(own, resource.Workload is null ? null : own[0]);
            objects.AddRange(own);
        }

        // A neighbour may use a resource's Secret as well, for example to wait for its database.
        foreach (var resource in resources)
        {
            ChooseSecret(resource, objects);
        }

        return objects;
    }

    private static ChartObject ToTree(KubernetesResource resource, BaseKubernetesResource item, HashSet<string> files)
    {
        if (string.IsNullOrEmpty(item.Metadata?.Name) || string.IsNullOrEmpty(item.Kind) || string.IsNullOrEmpty(item.ApiVersion))
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}': a Kubernetes object of type {item.GetType().Name} has no "
                + $"{(string.IsNullOrEmpty(item.Metadata?.Name) ? "Metadata.Name" : "ApiVersion and Kind")}.");
        }

        ObjectLabels.Complete(item.Metadata.Labels, resource.Source);
        return new ChartObject(resource.Source, FileOf(resource, item, files), YamlTree.FromObject(item))
        {
            When = item.Kind switch
            {
                "NetworkPolicy" => ".Values.networkPolicy.enabled",
                "PodDisruptionBudget" => ".Values.podDisruptionBudget.enabled",
                _ => null,
            },
        };
    }

    // One object per file, named by what is left of its name without the resource's, else by its kind.
    private static string FileOf(KubernetesResource resource, BaseKubernetesResource item, HashSet<string> files)
    {
        var prefix = ObjectNames.Of(resource.Source);
        var rest = item.Metadata.Name.StartsWith($"{prefix}-", StringComparison.Ordinal)
            ? ObjectNames.Part(item.Metadata.Name[prefix.Length..], 60)
            : "";
        var kind = item.Kind!.ToLowerInvariant();
        var name = rest.Length == 0 ? kind : item is ConfigMap or Secret ? rest : $"{kind}-{rest}";
        for (var number = 2; !files.Add(name); number++)
        {
            name = $"{kind}-{(rest.Length == 0 ? "" : $"{rest}-")}{number}";
        }

        return $"{ObjectNames.Component(resource.Source)}/{name}.yaml";
    }

    // What a workload depends on, all objects of its resource depend on.
    private static void ApplyConditions(List<ChartObject> own, ChartObject? workload)
    {
        var shared = workload is null ? null : Conditions.TakeOwn(workload.Tree);
        foreach (var item in own)
        {
            var condition = item == workload ? shared : Conditions.Both(shared, Conditions.TakeOwn(item.Tree));
            item.When = Conditions.Both(condition, item.When);
            Conditions.ApplyToVolumes(item);
        }
    }

    // Pods read their settings once: a change of ConfigMap or Secret must start new ones.
    private static void RollOnChange(List<ChartObject> own)
    {
        foreach (var template in own.Select(item => item.PodTemplate).OfType<YamlMapping>())
        {
            foreach (var (kind, name) in new[] { ("ConfigMap", "checksum/config"), ("Secret", "checksum/secrets") })
            {
                if (own.FirstOrDefault(item => item.Kind == kind) is { } source)
                {
                    template.Map("metadata").Map("annotations").Set(
                        name,
                        new YamlExpression($"include (print $.Template.BasePath \"/{source.File}\") . | sha256sum"));
                }
            }
        }
    }

    // Every reference to the chart's own Secret gives way to the one that the installation names.
    private static void ChooseSecret(KubernetesResource resource, List<ChartObject> objects)
    {
        if (resource.Secret is not { } secret)
        {
            return;
        }

        var given = $".Values.{string.Join('.', ValuePlaces.ExistingSecretOf(resource.Source))}";
        var own = secret.Metadata.Name;
        var suffix = own.Replace(ObjectNames.FullName, "", StringComparison.Ordinal).TrimStart('-');
        var chosen = $"{{{{ include \"chart.secretName\" (dict \"root\" . \"given\" {given} \"name\" {HelmText.Quote(suffix)}) }}}}";
        foreach (var item in objects)
        {
            if (item.Kind == "Secret" && item.Name == own)
            {
                item.When = Conditions.Both(item.When, $"not {given}");
            }
            else if (item.PodTemplate is { } template)
            {
                Replace(template, own, chosen);
            }
        }
    }

    private static void Replace(YamlNode node, string old, string replacement)
    {
        if (node is YamlMapping map)
        {
            for (var index = 0; index < map.Entries.Count; index++)
            {
                var entry = map.Entries[index];
                if (entry.Value is YamlText text && text.Value == old)
                {
                    map.Entries[index] = entry with { Value = new YamlText(replacement) };
                }
                else
                {
                    Replace(entry.Value, old, replacement);
                }
            }
        }
        else if (node is YamlSequence list)
        {
            list.Items.ForEach(item => Replace(item, old, replacement));
        }
        else if (node is YamlWhen optional)
        {
            Replace(optional.Item, old, replacement);
        }
    }
}
