using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>An autoscaler has a target of its own, and nobody else sets the target's replicas.</summary>
internal sealed class ScalingRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        var scalers = set.Objects.Where(item => item.Kind is "HorizontalPodAutoscaler" or "ScaledObject").ToList();
        foreach (var scaler in scalers)
        {
            var target = ManifestObject.Map(scaler.Spec, "scaleTargetRef");
            var kind = ManifestObject.Text(target, "kind") is { Length: > 0 } given ? given : "Deployment";
            var name = ManifestObject.Text(target, "name");
            var rule = scaler.Kind == "ScaledObject" ? "scaledobject" : "hpa";
            if (name.Length == 0)
            {
                continue;
            }

            if (set.Find(scaler, kind, name) is not { } workload)
            {
                yield return Error(scaler, "spec.scaleTargetRef", $"dangling-{rule}", $"there is no {kind} \"{name}\"");
                continue;
            }

            foreach (var problem in CheckTarget(scaler, workload, rule, scalers))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<Problem> CheckTarget(ManifestObject scaler, ManifestObject workload, string rule, List<ManifestObject> scalers)
    {
        if (workload.Spec.ContainsKey("replicas"))
        {
            yield return Error(workload, "spec.replicas", $"{rule}-replicas", $"is set although {scaler.Title} scales it: every upgrade would reset the scale");
        }

        var first = scalers.First(other => other.IsInNamespaceOf(scaler) && Target(other) == Target(scaler));
        if (first != scaler)
        {
            yield return Error(scaler, "spec.scaleTargetRef", "scaler-twice", $"{first.Title} scales the same {workload.Title}");
        }

        var isObject = scaler.Kind == "ScaledObject";
        var (least, most) = isObject ? ("minReplicaCount", "maxReplicaCount") : ("minReplicas", "maxReplicas");
        if (ManifestObject.Number(scaler.Spec, least) > ManifestObject.Number(scaler.Spec, most))
        {
            yield return Error(scaler, $"spec.{least}", $"{rule}-range", $"is above {most}");
        }

        if (!isObject && ManifestObject.Number(scaler.Spec, least) == 0)
        {
            yield return Error(scaler, $"spec.{least}", "hpa-range", "0 needs a feature gate that clusters have off; KEDA scales to zero");
        }

        foreach (var problem in CheckMetrics(scaler, workload))
        {
            yield return problem;
        }
    }

    // Use in percent is a share of the request: without one the autoscaler knows nothing.
    private static IEnumerable<Problem> CheckMetrics(ManifestObject scaler, ManifestObject workload)
    {
        var index = 0;
        foreach (var metric in ManifestObject.List(scaler.Spec, "metrics"))
        {
            var field = FieldPath.Of("spec.metrics", index++);
            var resource = ManifestObject.Map(metric, "resource");
            var name = ManifestObject.Text(resource, "name");
            if (name.Length > 0 && ManifestObject.Map(resource, "target").ContainsKey("averageUtilization")
                && workload.Containers.Any(entry => !entry.IsInit && !Requests(entry.Container).ContainsKey(name)))
            {
                yield return Error(scaler, $"{field}.resource", "hpa-requests", $"a container of {workload.Title} has no request for {name}");
            }
        }
    }

    private static JsonObject Requests(JsonObject container)
    {
        var resources = ManifestObject.Map(container, "resources");
        var requests = ManifestObject.Map(resources, "requests");
        return requests.Count > 0 ? requests : ManifestObject.Map(resources, "limits");
    }

    private static (string Kind, string Name) Target(ManifestObject scaler)
    {
        var target = ManifestObject.Map(scaler.Spec, "scaleTargetRef");
        return (ManifestObject.Text(target, "kind") is { Length: > 0 } kind ? kind : "Deployment", ManifestObject.Text(target, "name"));
    }
}
