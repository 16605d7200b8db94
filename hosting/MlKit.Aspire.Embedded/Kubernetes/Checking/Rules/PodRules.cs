using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>Inside a pod: mounts have volumes, probes have ports, and there is time to drain.</summary>
internal sealed class PodRules : ManifestRule
{
    private const int DefaultGraceSeconds = 30;

    public override IEnumerable<Problem> Check(ManifestSet set) => set.Workloads.SelectMany(Check);

    private static IEnumerable<Problem> Check(ManifestObject item)
    {
        var (pod, podPath) = item.Pod!.Value;
        var volumes = ManifestObject.List(pod, "volumes").Concat(ManifestObject.List(item.Spec, "volumeClaimTemplates").Select(claim => ManifestObject.Map(claim, "metadata")))
            .Select(volume => ManifestObject.Text(volume, "name"))
            .ToHashSet(StringComparer.Ordinal);
        var grace = ManifestObject.Number(pod, "terminationGracePeriodSeconds") ?? DefaultGraceSeconds;
        foreach (var (container, path, _) in item.Containers)
        {
            var index = 0;
            foreach (var mount in ManifestObject.List(container, "volumeMounts"))
            {
                var field = FieldPath.Of(FieldPath.Of(path, "volumeMounts"), index++);
                var name = ManifestObject.Text(mount, "name");
                if (name.Length > 0 && !volumes.Contains(name))
                {
                    yield return Error(item, $"{field}.name", "volume-missing", $"the pod has no volume \"{name}\"");
                }
            }

            foreach (var problem in CheckProbes(item, container, path))
            {
                yield return problem;
            }

            var sleep = ManifestObject.Number(ManifestObject.Map(ManifestObject.Map(ManifestObject.Map(container, "lifecycle"), "preStop"), "sleep"), "seconds");
            if (sleep >= grace)
            {
                yield return Error(
                    item, FieldPath.Of(path, "lifecycle.preStop.sleep.seconds"), "grace-period", $"{sleep} s must be below terminationGracePeriodSeconds ({grace} s)");
            }
        }

        if (ManifestObject.Text(pod, "restartPolicy") is "OnFailure" && ManifestObject.Map(item.Spec, "podFailurePolicy").Count > 0)
        {
            yield return Error(item, FieldPath.Of(podPath, "restartPolicy"), "job-restart", "a podFailurePolicy needs restartPolicy Never");
        }
    }

    private static IEnumerable<Problem> CheckProbes(ManifestObject item, JsonObject container, string path)
    {
        var ports = ManifestObject.List(container, "ports").Select(port => ManifestObject.Text(port, "name")).ToHashSet(StringComparer.Ordinal);
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            foreach (var handler in new[] { "httpGet", "tcpSocket" })
            {
                var name = ManifestObject.Text(ManifestObject.Map(ManifestObject.Map(container, probe), handler), "port");
                if (name.Length > 0 && !ports.Contains(name))
                {
                    yield return Error(item, $"{path}.{probe}.{handler}.port", "probe-port", $"the container declares no port \"{name}\"");
                }
            }
        }
    }
}
