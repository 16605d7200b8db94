using Aspire.Hosting.Kubernetes.Standards;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Moves what an installation changes out of the objects into <c>values.yaml</c>: images, replica counts, resources,
/// placement, autoscaling bounds, storage, schedules, Service types, plain settings. The objects come with literals.
/// </summary>
internal sealed class ValueLifter(ChartValues values, IReadOnlyList<ChartObject> objects)
{
    private readonly Dictionary<string, string> _images = new(StringComparer.Ordinal);

    public void Lift()
    {
        // A container of a neighbour that runs the same image follows the same value.
        foreach (var workload in objects.Where(candidate => candidate.PodTemplate is not null))
        {
            LiftOwnImage(workload);
        }

        foreach (var item in objects)
        {
            switch (item.Kind)
            {
                case "Deployment" or "StatefulSet" or "Job" or "CronJob":
                    LiftWorkload(item);
                    break;
                case "HorizontalPodAutoscaler":
                    LiftAutoscaler(item);
                    break;
                case "Ingress" or "HTTPRoute" or "ScaledObject" or "ExternalSecret" or "ServiceMonitor" or "PrometheusRule":
                    OptionalObjects.Lift(item, values, objects);
                    break;
                case "PersistentVolumeClaim":
                    LiftClaim(item, item.Tree);
                    break;
                case "ConfigMap":
                    LiftSettings(item);
                    break;
                case "Service":
                    LiftService(item);
                    break;
            }
        }
    }

    private string Path(ChartObject item) => $".Values.{ChartValues.KeyOf(item.Owner!)}";

    private static bool IsMain(ChartObject item, YamlMapping container) =>
        container["name"] is YamlText name && name.Value == ObjectNames.Component(item.Owner!);

    private void LiftOwnImage(ChartObject item)
    {
        foreach (var container in item.Containers.Where(container => IsMain(item, container)))
        {
            if (container["image"] is YamlText { Value: var reference } && !HelmText.HasExpression(reference))
            {
                var path = $"{Path(item)}.image";
                var pull = container["imagePullPolicy"] is YamlText policy ? policy.Value : "Always";
                AddImage(values.Of(item.Owner!), "image", reference, pull);
                _images.TryAdd(reference, path);
                SetImage(container, path);
            }
        }
    }

    private void LiftWorkload(ChartObject item)
    {
        var own = values.Of(item.Owner!);
        foreach (var container in item.Containers)
        {
            LiftForeignImage(item, container);
            if (IsMain(item, container) && container["resources"] is YamlMapping resources)
            {
                own.Set("resources", resources);
                container.Set("resources", new YamlBlock($"toYaml {Path(item)}.resources"));
                LiftProbes(item, container, own);
            }
        }

        var spec = item.Map("spec");
        if (item.Kind is "Deployment" or "StatefulSet" && spec["replicas"] is { } replicas)
        {
            own.Set("replicas", replicas);
            spec.Set("replicas", new YamlExpression($"{Path(item)}.replicas"));
        }

        if (spec["schedule"] is YamlText schedule)
        {
            own.Set("schedule", schedule);
            spec.Set("schedule", new YamlExpression($"{Path(item)}.schedule | quote"));
        }

        if (item.Containers.Any(container => IsMain(item, container)))
        {
            LiftPlacement(item, own);
        }

        foreach (var claim in (spec["volumeClaimTemplates"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            LiftClaim(item, claim);
        }
    }

    private void LiftProbes(ChartObject item, YamlMapping container, YamlMapping own)
    {
        foreach (var key in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            if (container[key] is YamlMapping probe && !HelmText.HasExpression(YamlWriter.Write(probe)))
            {
                own.Map("probes").Set(key, probe);
                container.Set(key, new YamlBlock($"toYaml {Path(item)}.probes.{key}"), $"{Path(item)}.probes.{key}");
            }
        }
    }

    private void LiftForeignImage(ChartObject item, YamlMapping container)
    {
        if (container["image"] is not YamlText { Value: var reference } || HelmText.HasExpression(reference))
        {
            return;
        }

        if (!_images.TryGetValue(reference, out var path))
        {
            var common = reference switch
            {
                WaitStandards.Image => "waitFor",
                CompletionStandards.Image => "waitForCompletion",
                _ => null,
            };
            var key = common ?? ObjectNames.ValueKey(((YamlText)container["name"]!).Value);
            var map = common is not null
                ? values.Root.Map(key)
                : values.Of(item.Owner!).Map("containers").Map(key);
            AddImage(map, "image", reference, "Always");
            path = common is not null ? $".Values.{key}.image" : $"{Path(item)}.containers.{key}.image";
            _images.Add(reference, path);
        }

        SetImage(container, path);
    }

    /// <summary>Adds an image in the parts that an installation may change one by one.</summary>
    public static void AddImage(YamlMapping map, string key, string reference, string pullPolicy)
    {
        var image = ResourceImage.Parse(reference);
        map.Set(key, new YamlMapping()
            .Add("registry", image.Registry)
            .Add("repository", image.Repository)
            .Add("tag", image.Tag)
            .Add("digest", image.Digest, "A digest (sha256:...) wins over the tag.")
            .Add("pullPolicy", pullPolicy));
    }

    private static void SetImage(YamlMapping container, string path)
    {
        container.Set("image", new YamlText($"{{{{ include \"chart.image\" (dict \"root\" . \"image\" {path}) }}}}"));
        container.Set("imagePullPolicy", new YamlExpression($".Values.global.imagePullPolicy | default {path}.pullPolicy"));
    }

    private void LiftPlacement(ChartObject item, YamlMapping own)
    {
        var pod = (YamlMapping)item.PodTemplate!["spec"]!;
        foreach (var (key, empty) in new (string, YamlNode)[] { ("nodeSelector", new YamlMapping()), ("tolerations", new YamlSequence()) })
        {
            own.Set(key, pod[key] ?? empty);
            pod.Set(key, new YamlBlock($"toYaml {Path(item)}.{key}"), $"{Path(item)}.{key}");
        }

        pod.Set("imagePullSecrets", new YamlBlock("toYaml .Values.imagePullSecrets"), ".Values.imagePullSecrets");
        own.Set("priorityClassName", pod["priorityClassName"] ?? new YamlText(""));
        pod.Set("priorityClassName", new YamlExpression($"{Path(item)}.priorityClassName | quote"), $"{Path(item)}.priorityClassName");
    }

    private void LiftAutoscaler(ChartObject item)
    {
        var spec = item.Map("spec");
        var scaling = values.Of(item.Owner!).Map("autoscaling");
        scaling.Set("enabled", new YamlPlain("true"));
        foreach (var key in new[] { "minReplicas", "maxReplicas" })
        {
            if (spec[key] is { } bound)
            {
                scaling.Set(key, bound);
                spec.Set(key, new YamlExpression($"{Path(item)}.autoscaling.{key}"));
            }
        }

        LiftPodMetrics(item, spec, scaling);
        foreach (var metric in (spec["metrics"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
        {
            if (metric["resource"] is YamlMapping resource && resource["name"] is YamlText name
                && resource["target"] is YamlMapping target && target["averageUtilization"] is { } utilization)
            {
                var key = $"target{char.ToUpperInvariant(name.Value[0])}{name.Value[1..]}Utilization";
                scaling.Set(key, utilization);
                target.Set("averageUtilization", new YamlExpression($"{Path(item)}.autoscaling.{key}"));
            }
        }

        item.When = $"{Path(item)}.autoscaling.enabled";
        LeaveReplicasTo(item);
    }

    // Few clusters serve custom metrics from the first day.
    private void LiftPodMetrics(ChartObject item, YamlMapping spec, YamlMapping scaling)
    {
        if (spec["metrics"] is not YamlSequence metrics)
        {
            return;
        }

        for (var index = 0; index < metrics.Items.Count; index++)
        {
            if (metrics.Items[index] is YamlMapping metric && metric["pods"] is YamlMapping pods
                && pods["metric"] is YamlMapping named && named["name"] is YamlText { Value: var name }
                && pods["target"] is YamlMapping target && target["averageValue"] is { } value)
            {
                if (scaling["customMetrics"] is null)
                {
                    scaling.Add("customMetrics", new YamlPlain("false"), null, "Whether the cluster serves custom metrics, see deploy/cluster.");
                }

                var key = ObjectNames.ValueKey(name.Replace('_', '-'));
                scaling.Map("targets").Set(key, value);
                target.Set("averageValue", new YamlExpression($"{Path(item)}.autoscaling.targets.{key} | quote"));
                metrics.Items[index] = new YamlWhen($"{Path(item)}.autoscaling.customMetrics", metric);
            }
        }
    }

    // An upgrade must not reset what the autoscaler has scaled.
    private void LeaveReplicasTo(ChartObject autoscaler)
    {
        var target = autoscaler.Map("spec", "scaleTargetRef");
        var scaled = objects.FirstOrDefault(item => target["kind"] is YamlText kind && item.Kind == kind.Value
            && target["name"] is YamlText name && item.Name == name.Value);
        if (scaled?.Map("spec") is { } spec && spec.Entries.Find(entry => entry.Key == "replicas") is { } replicas)
        {
            spec.Set("replicas", replicas.Value, $"not {Path(autoscaler)}.autoscaling.enabled");
        }
    }

    private void LiftClaim(ChartObject item, YamlMapping claim)
    {
        var isShared = item.Kind == "PersistentVolumeClaim";
        var name = ((YamlText)((YamlMapping)claim["metadata"]!)["name"]!).Value;
        var key = ObjectNames.ValueKey(name.Replace(ObjectNames.FullName, "", StringComparison.Ordinal).Trim('-'));
        var (map, path) = isShared
            ? (values.Root.Map("sharedVolumes", "Volumes that several resources mount.").Map(key), $".Values.sharedVolumes.{key}")
            : (values.Of(item.Owner!).Map("persistence").Map(key), $"{Path(item)}.persistence.{key}");
        var spec = (YamlMapping)claim["spec"]!;
        if (spec["resources"] is YamlMapping resources && resources["requests"] is YamlMapping requests)
        {
            map.Set("size", requests["storage"] ?? new YamlText("1Gi"));
            requests.Set("storage", new YamlExpression($"{path}.size | quote"));
        }

        if (isShared)
        {
            item.Map("metadata").Map("annotations").Set(KeptClaims.Policy, new YamlText("keep"));
        }

        map.Set("storageClassName", spec["storageClassName"] ?? new YamlText(""));
        spec.Set("storageClassName", new YamlExpression($"{path}.storageClassName | quote"), $"{path}.storageClassName");
        if (spec["accessModes"] is YamlSequence { Items: [var mode, ..] })
        {
            map.Set("accessMode", mode);
            spec.Set("accessModes", new YamlSequence([new YamlExpression($"{path}.accessMode | quote")]));
        }
    }

    private void LiftSettings(ChartObject item)
    {
        if (item.Owner is null || item.Tree["data"] is not YamlMapping data)
        {
            return;
        }

        YamlMapping? settings = null;
        foreach (var entry in data.Entries.ToList())
        {
            // A port is fixed by the container's ports; what has an expression in it follows other values.
            if (entry.Value is YamlText { Value: var text } && !HelmText.HasExpression(text)
                && entry.Key is not ("HTTP_PORTS" or "HTTPS_PORTS" or "ASPNETCORE_URLS" or "OTEL_SERVICE_NAME"))
            {
                settings ??= values.Of(item.Owner).Map("config");
                settings.Set(entry.Key, entry.Value);
                data.Set(entry.Key, new YamlExpression($"index {Path(item)}.config {HelmText.Quote(entry.Key)} | quote"));
            }
        }
    }

    private void LiftService(ChartObject item)
    {
        var spec = item.Map("spec");
        if (item.Owner is not null && spec["type"] is { } type && spec["clusterIP"] is null)
        {
            values.Of(item.Owner).Map("service").Set("type", type);
            spec.Set("type", new YamlExpression($"{Path(item)}.service.type"));
        }
    }
}
