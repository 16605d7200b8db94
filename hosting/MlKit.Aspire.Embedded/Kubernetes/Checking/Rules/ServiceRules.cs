using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>A Service finds pods, and the ports that it leads to exist there.</summary>
internal sealed class ServiceRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set) => set.OfKind("Service").SelectMany(service => Check(set, service));

    private static IEnumerable<Problem> Check(ManifestSet set, ManifestObject service)
    {
        if (ManifestObject.Text(service.Spec, "type") == "ExternalName" || service.Spec["selector"] is not JsonObject { Count: > 0 } selector)
        {
            yield break;
        }

        var pods = set.Workloads.Where(item => item.IsInNamespaceOf(service) && LabelSelector.TakesAll(selector, item.PodLabels)).ToList();
        if (pods.Count == 0)
        {
            yield return Error(service, "spec.selector", "dangling-service", "selects no pod of any workload here");
            yield break;
        }

        var index = 0;
        foreach (var port in ManifestObject.List(service.Spec, "ports"))
        {
            var field = FieldPath.Of("spec.ports", index++);
            if (Missing(port, pods) is { } missing)
            {
                yield return missing.IsName
                    ? Error(service, $"{field}.targetPort", "service-port", $"no container of {pods[0].Title} declares a port named \"{missing.Port}\"")
                    : Warning(service, $"{field}.targetPort", "service-port", $"no container of {pods[0].Title} declares the port {missing.Port}");
            }
        }
    }

    private static (string Port, bool IsName)? Missing(JsonObject port, List<ManifestObject> pods)
    {
        var declared = pods.SelectMany(item => item.Containers).SelectMany(entry => ManifestObject.List(entry.Container, "ports")).ToList();
        var name = ManifestObject.Text(port, "targetPort");
        if (name.Length > 0)
        {
            return declared.Exists(candidate => ManifestObject.Text(candidate, "name") == name) ? null : (name, true);
        }

        var number = ManifestObject.Number(port, "targetPort") ?? ManifestObject.Number(port, "port");
        return number is null || declared.Exists(candidate => ManifestObject.Number(candidate, "containerPort") == number)
            ? null
            : (number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), false);
    }
}
