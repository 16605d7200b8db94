using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>A NetworkPolicy takes pods that are there, and its named ports are theirs.</summary>
internal sealed class NetworkPolicyRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        foreach (var policy in set.OfKind("NetworkPolicy"))
        {
            var selector = ManifestObject.Map(policy.Spec, "podSelector");
            var pods = set.Selected(policy, selector);
            if (pods.Count == 0)
            {
                // One that takes every pod is right in an empty namespace as well.
                if (selector.Count > 0)
                {
                    yield return Error(policy, "spec.podSelector", "dangling-networkpolicy", "selects no pod of any workload here");
                }

                continue;
            }

            var ports = pods.SelectMany(item => item.Containers).SelectMany(entry => ManifestObject.List(entry.Container, "ports"))
                .Select(port => ManifestObject.Text(port, "name")).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, path) in NamedPorts(policy))
            {
                if (!ports.Contains(name))
                {
                    yield return Error(policy, path, "networkpolicy-port", $"no selected pod declares a port named \"{name}\"");
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Path)> NamedPorts(ManifestObject policy)
    {
        var rule = 0;
        foreach (var ingress in ManifestObject.List(policy.Spec, "ingress"))
        {
            var path = FieldPath.Of("spec.ingress", rule++);
            var index = 0;
            foreach (JsonObject port in ManifestObject.List(ingress, "ports"))
            {
                var field = FieldPath.Of($"{path}.ports", index++);
                if (ManifestObject.Text(port, "port") is { Length: > 0 } name)
                {
                    yield return (name, $"{field}.port");
                }
            }
        }
    }
}
