using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>Port names are unique in a container and in a Service, and a Service with several ports names each.</summary>
internal sealed class PortRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        foreach (var item in set.Workloads)
        {
            foreach (var problem in item.Containers.SelectMany(entry => Twice(item, entry.Container, FieldPath.Of(entry.Path, "ports"))))
            {
                yield return problem;
            }
        }

        foreach (var service in set.OfKind("Service"))
        {
            var ports = ManifestObject.List(service.Spec, "ports").ToList();
            for (var index = 0; ports.Count > 1 && index < ports.Count; index++)
            {
                if (!ports[index].ContainsKey("name"))
                {
                    yield return Error(service, $"{FieldPath.Of("spec.ports", index)}.name", "port-name", "is required where a Service has several ports");
                }
            }

            foreach (var problem in Twice(service, service.Spec, "spec.ports"))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<Problem> Twice(ManifestObject item, JsonObject holder, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var port in ManifestObject.List(holder, "ports"))
        {
            var field = FieldPath.Of(path, index++);
            var name = ManifestObject.Text(port, "name");
            if (name.Length > 0 && !seen.Add(name))
            {
                yield return Error(item, $"{field}.name", "port-name", $"\"{name}\" is the name of an earlier port");
            }
        }
    }
}
