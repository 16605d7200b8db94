using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>
/// Network policies out of the reference graph: a resource is reached by those that refer to it, on the ports that they
/// use, and reaches those that it refers to. External endpoints are open.
/// </summary>
internal static class NetworkStandards
{
    public static void Apply(KubernetesResource objects, PublishedApplication application)
    {
        if (objects.Workload is null)
        {
            return;
        }

        var resource = objects.Source;
        var policy = new NetworkPolicy
        {
            Metadata = { Name = ObjectNames.Of(resource) },
            Spec = { PodSelector = new LabelSelectorV1(ObjectLabels.Selector(resource)), PolicyTypes = { "Ingress", "Egress" } },
        };
        AddIngress(policy, resource, application);
        AddEgress(policy, resource, application);
        var own = ObjectNames.Component(resource);
        foreach (var helper in objects.AdditionalResources.OfType<Workload>()
            .Where(helper => helper.PodTemplate.Metadata.Labels[ObjectLabels.Component] != own).ToList())
        {
            AddHelper(helper, policy, resource, application, objects);
        }

        objects.AdditionalResources.Add(policy);
    }

    // A Job that belongs to a resource, for example the one that creates databases, calls that resource only.
    private static void AddHelper(
        Workload helper, NetworkPolicy policy, IResource resource, PublishedApplication application, KubernetesResource objects)
    {
        var ports = application.EndpointsOf(resource).Select(endpoint => Port(endpoint.TargetPort)).ToList();
        var selector = new LabelSelectorV1(helper.PodTemplate.Metadata.Labels);
        var ingress = new NetworkPolicyRule { From = { new NetworkPolicyPeer { PodSelector = selector } } };
        ingress.Ports.AddRange(ports);
        policy.Spec.Ingress.Add(ingress);

        var egress = new NetworkPolicyRule { To = { Peer(resource) } };
        egress.Ports.AddRange(ports);
        objects.AdditionalResources.Add(new NetworkPolicy
        {
            Metadata = { Name = helper.Metadata.Name },
            Spec = { PodSelector = selector, PolicyTypes = { "Ingress", "Egress" }, Egress = { Dns(), egress } },
        });
    }

    private static void AddIngress(NetworkPolicy policy, IResource resource, PublishedApplication application)
    {
        var open = application.EndpointsOf(resource).Where(endpoint => endpoint.Annotation.IsExternal).ToList();
        if (open.Count > 0)
        {
            var rule = new NetworkPolicyRule();
            rule.Ports.AddRange(open.Select(endpoint => Port(endpoint.TargetPort)));
            policy.Spec.Ingress.Add(rule);
        }

        foreach (var caller in Group(application.Edges.Where(edge => edge.Callee == resource), edge => edge.Caller))
        {
            policy.Spec.Ingress.Add(new NetworkPolicyRule { From = { Peer(caller.Key) } }.On(caller));
        }
    }

    private static void AddEgress(NetworkPolicy policy, IResource resource, PublishedApplication application)
    {
        policy.Spec.Egress.Add(Dns());
        foreach (var callee in Group(application.Edges.Where(edge => edge.Caller == resource), edge => edge.Callee))
        {
            policy.Spec.Egress.Add(new NetworkPolicyRule { To = { Peer(callee.Key) } }.On(callee));
        }
    }

    private static IEnumerable<IGrouping<IResource, NetworkEdge>> Group(
        IEnumerable<NetworkEdge> edges, Func<NetworkEdge, IResource> key) =>
        edges.OrderBy(edge => ObjectNames.Component(key(edge)), StringComparer.Ordinal)
            .ThenBy(edge => edge.TargetPort)
            .GroupBy(key);

    private static NetworkPolicyRule On(this NetworkPolicyRule rule, IEnumerable<NetworkEdge> edges)
    {
        rule.Ports.AddRange(edges.Select(edge => edge.TargetPort).Distinct().Select(Port));
        return rule;
    }

    private static NetworkPolicyRule Dns()
    {
        var rule = new NetworkPolicyRule
        {
            To =
            {
                new NetworkPolicyPeer
                {
                    NamespaceSelector = new LabelSelectorV1(
                        new(StringComparer.Ordinal) { ["kubernetes.io/metadata.name"] = "kube-system" }),
                },
            },
        };
        rule.Ports.Add(new NetworkPolicyPort { Protocol = "UDP", Port = 53 });
        rule.Ports.Add(new NetworkPolicyPort { Protocol = "TCP", Port = 53 });
        return rule;
    }

    private static NetworkPolicyPeer Peer(IResource resource) =>
        new() { PodSelector = new LabelSelectorV1(ObjectLabels.Selector(resource)) };

    private static NetworkPolicyPort Port(int port) => new() { Protocol = "TCP", Port = port };
}
