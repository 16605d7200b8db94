using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>A workload selects its own pods; a StatefulSet has its headless Service.</summary>
internal sealed class WorkloadRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        foreach (var item in set.Workloads)
        {
            if (item.Spec["selector"] is JsonObject selector && item.Kind is "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet"
                && !LabelSelector.Takes(selector, item.PodLabels))
            {
                yield return Error(item, "spec.selector", "selector-mismatch", "does not match spec.template.metadata.labels: its pods would not be found");
            }

            if (item.Kind == "StatefulSet")
            {
                foreach (var problem in CheckService(set, item))
                {
                    yield return problem;
                }
            }

            if (item.Kind == "CronJob" && ManifestObject.Text(item.Spec, "schedule").Contains("TZ=", StringComparison.Ordinal))
            {
                yield return Error(item, "spec.schedule", "schedule", "a time zone in the schedule is refused; use spec.timeZone");
            }
        }
    }

    private static IEnumerable<Problem> CheckService(ManifestSet set, ManifestObject item)
    {
        var name = ManifestObject.Text(item.Spec, "serviceName");
        if (name.Length == 0)
        {
            yield return Warning(item, "spec.serviceName", "statefulset-service", "without it the pods have no names of their own");
        }
        else if (set.Find(item, "Service", name) is not { } service)
        {
            yield return Error(item, "spec.serviceName", "statefulset-service", $"there is no Service \"{name}\"");
        }
        else if (ManifestObject.Text(service.Spec, "clusterIP") != "None")
        {
            yield return Error(item, "spec.serviceName", "statefulset-service", $"the Service \"{name}\" is not headless (spec.clusterIP: None)");
        }
    }
}
