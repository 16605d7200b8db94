using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Yaml;

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
        AddValues(policy, objects, application);
        foreach (var helper in HelpersOf(objects))
        {
            AddHelper(helper, policy, resource, application, objects);
        }

        objects.AdditionalResources.Add(policy);
    }

    /// <summary>Labels the further pods of a resource, so that its Service does not count them among its own.</summary>
    public static void LabelHelpers(KubernetesResource objects, PublishedApplication application)
    {
        var own = ObjectNames.Component(objects.Source);
        foreach (var helper in objects.AdditionalResources.OfType<Workload>())
        {
            var labels = helper.PodTemplate.Metadata.Labels;
            if (labels.Count == 0)
            {
                var suffix = helper.Metadata.Name.Replace(ObjectNames.Of(objects.Source), "", StringComparison.Ordinal);
                ObjectLabels.Selector(objects.Source).ToList().ForEach(label => labels[label.Key] = label.Value);
                labels[ObjectLabels.Component] = $"{own}{(suffix.Length > 0 ? suffix : "-job")}";
            }

            if (labels[ObjectLabels.Component] != own)
            {
                application.AddHelper(objects.Source, labels[ObjectLabels.Component]);
            }
        }
    }

    private static List<Workload> HelpersOf(KubernetesResource objects)
    {
        var own = ObjectNames.Component(objects.Source);
        return [.. objects.AdditionalResources.OfType<Workload>().Where(helper => helper.PodTemplate.Metadata.Labels[ObjectLabels.Component] != own)];
    }

    // A Job that belongs to a resource calls that resource, and what the resource itself calls.
    private static void AddHelper(
        Workload helper, NetworkPolicy policy, IResource resource, PublishedApplication application, KubernetesResource objects)
    {
        var ports = application.EndpointsOf(resource).Select(Port).ToList();
        var selector = new LabelSelectorV1(helper.PodTemplate.Metadata.Labels);
        var own = new NetworkPolicy
        {
            Metadata = { Name = helper.Metadata.Name },
            Spec = { PodSelector = selector, PolicyTypes = { "Ingress", "Egress" } },
        };
        AddEgress(own, resource, application);
        if (ports.Count > 0)
        {
            var ingress = new NetworkPolicyRule { From = { new NetworkPolicyPeer { PodSelector = selector } } };
            ingress.Ports.AddRange(ports);
            policy.Spec.Ingress.Add(ingress);

            var egress = new NetworkPolicyRule { To = { Peer(resource) } };
            egress.Ports.AddRange(ports);
            own.Spec.Egress.Add(egress);
        }

        objects.AdditionalResources.Add(own);
    }

    // What only the installation knows: where the bucket and the collector are, and who scrapes.
    private static void AddValues(NetworkPolicy policy, KubernetesResource objects, PublishedApplication application)
    {
        if (application.BucketUsers.Contains(objects.Source))
        {
            policy.Spec.Egress.Add(new YamlWhen(
                "and (eq .Values.storage.kind \"s3\") (ne .Values.storage.s3.endpoint \"in-cluster\")",
                new YamlSplice(".Values.networkPolicy.s3Egress")));
        }

        if (objects.Source.Annotations.OfType<OtlpExporterAnnotation>().Any())
        {
            policy.Spec.Egress.Add(new YamlWhen(".Values.telemetry.otlpEndpoint", new YamlSplice(".Values.networkPolicy.otlpEgress")));
        }

        if (CompletionStandards.AwaitedBy(objects.Source, application).Count > 0)
        {
            policy.Spec.Egress.Add(new YamlSplice(".Values.networkPolicy.apiEgress"));
        }

        if (objects.AdditionalResources.Exists(item => item.Kind is "ServiceMonitor" or "PodMonitor")
            && application.EndpointsOf(objects.Source).FirstOrDefault(endpoint => endpoint.IsHttp) is { } scraped)
        {
            var scraper = new NetworkPolicyRule
            {
                From =
                {
                    new NetworkPolicyPeer
                    {
                        NamespaceSelector = new LabelSelectorV1(
                            new(StringComparer.Ordinal) { ["kubernetes.io/metadata.name"] = "{{ .Values.monitoring.namespace }}" }),
                    },
                },
                Ports = { Port(scraped) },
            };
            policy.Spec.Ingress.Add(new YamlWhen(".Values.monitoring.enabled", YamlTree.FromObject(scraper)));
        }
    }

    private static void AddIngress(NetworkPolicy policy, IResource resource, PublishedApplication application)
    {
        var open = application.EndpointsOf(resource).Where(endpoint => endpoint.Annotation.IsExternal || application.IsRouted(endpoint)).ToList();
        if (open.Count > 0)
        {
            var rule = new NetworkPolicyRule();
            rule.Ports.AddRange(open.Select(Port));
            policy.Spec.Ingress.Add(rule);
        }

        var http = application.EndpointsOf(resource).Where(endpoint => endpoint.IsHttp).Select(Port).ToList();
        if (http.Count > 0)
        {
            var tested = new NetworkPolicyRule { From = { HelperPeer(resource, ConnectionTest.Component) } };
            tested.Ports.AddRange(http);
            policy.Spec.Ingress.Add(tested);
        }

        foreach (var caller in Group(application.Edges.Where(edge => edge.Callee == resource), edge => edge.Caller))
        {
            var rule = new NetworkPolicyRule { From = { Peer(caller.Key) } };
            rule.From.AddRange(application.Helpers[caller.Key].Select(component => HelperPeer(caller.Key, component)));
            policy.Spec.Ingress.Add(rule.On(caller));
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
            .ThenBy(edge => edge.Protocol, StringComparer.Ordinal)
            .GroupBy(key);

    private static NetworkPolicyRule On(this NetworkPolicyRule rule, IEnumerable<NetworkEdge> edges)
    {
        rule.Ports.AddRange(edges.Select(edge => (edge.Protocol, edge.TargetPort)).Distinct().Select(edge => Port(edge.Protocol, edge.TargetPort)));
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
        rule.Ports.Add(Port("UDP", 53));
        rule.Ports.Add(Port("TCP", 53));
        return rule;
    }

    private static NetworkPolicyPeer Peer(IResource resource) =>
        new() { PodSelector = new LabelSelectorV1(ObjectLabels.Selector(resource)) };

    private static NetworkPolicyPeer HelperPeer(IResource resource, string component) => new()
    {
        PodSelector = new LabelSelectorV1(new(ObjectLabels.Selector(resource), StringComparer.Ordinal) { [ObjectLabels.Component] = component }),
    };

    private static NetworkPolicyPort Port(PublishedEndpoint endpoint) => Port(endpoint.Protocol, endpoint.TargetPort);

    private static NetworkPolicyPort Port(string protocol, int port) => new() { Protocol = protocol, Port = port };
}
