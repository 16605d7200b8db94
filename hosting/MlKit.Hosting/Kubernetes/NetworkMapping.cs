using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Public host, callers of other namespaces, and mutual TLS.</summary>
internal static class NetworkMapping
{
    private const string WhenMesh = ".Values.mesh.enabled";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<PublicHostAnnotation>().LastOrDefault() is { } host)
        {
            AddRoute(resource, host, objects);
        }

        var callers = resource.Annotations.OfType<AllowedCallersAnnotation>().ToList();
        if (callers.Count > 0)
        {
            AddCallers(callers, objects);
        }

        if (resource.Annotations.OfType<MutualTlsAnnotation>().Any())
        {
            AddMutualTls(objects);
        }
    }

    private static void AddRoute(IResource resource, PublicHostAnnotation host, KubernetesResource objects)
    {
        var port = objects.Service?.Spec.Ports.Find(candidate => candidate.Name == "http") ?? objects.Service?.Spec.Ports.FirstOrDefault()
            ?? throw Refusal.Of(resource, $"WithPublicHost(\"{host.Host}\")", "the resource needs an http endpoint, see WithHttpEndpoint");
        var route = host.Gateway is { } gateway ? HttpRoute(host, gateway, port, objects) : (BaseKubernetesResource)Ingress(host, port, objects);
        objects.AdditionalResources.Add(route.Because($"WithPublicHost(\"{host.Host}\")"));
        if (host.Gateway is null && host.TlsSecret is { } secret)
        {
            objects.Workload!.Expects(secret);
        }
    }

    private static Ingress Ingress(PublicHostAnnotation host, ServicePortV1 port, KubernetesResource objects)
    {
        var ingress = new Ingress { Metadata = { Name = objects.Service!.Metadata.Name } };
        var path = new HttpIngressPathV1 { Path = "/", PathType = "Prefix" };
        path.Backend.Service.Name = objects.Service.Metadata.Name;
        path.Backend.Service.Port.Name = port.Name;
        path.Backend.Resource = null!;
        var rule = new IngressRuleV1 { Host = host.Host };
        rule.Http.Paths.Add(path);
        ingress.Spec.Rules.Add(rule);
        if (host.TlsSecret is { } secret)
        {
            ingress.Spec.Tls.Add(new IngressTLSV1 { SecretName = secret, Hosts = { host.Host } });
        }

        ingress.Spec.DefaultBackend = null!;
        return ingress;
    }

    private static CustomResource HttpRoute(PublicHostAnnotation host, string gateway, ServicePortV1 port, KubernetesResource objects)
    {
        var parts = gateway.Split('/');
        var parent = new Dictionary<string, object> { ["name"] = parts[^1] };
        if (parts.Length == 2)
        {
            parent["namespace"] = parts[0];
        }

        return new CustomResource("gateway.networking.k8s.io/v1", "HTTPRoute")
        {
            Metadata = { Name = objects.Service!.Metadata.Name },
            Spec =
            {
                ["parentRefs"] = new object[] { parent },
                ["hostnames"] = new object[] { host.Host },
                ["rules"] = new object[]
                {
                    new Dictionary<string, object>
                    {
                        ["matches"] = new object[]
                        {
                            new Dictionary<string, object> { ["path"] = new Dictionary<string, object> { ["type"] = "PathPrefix", ["value"] = "/" } },
                        },
                        ["backendRefs"] = new object[]
                        {
                            new Dictionary<string, object> { ["name"] = objects.Service.Metadata.Name, ["port"] = port.Port.Number ?? 0 },
                        },
                    },
                },
            },
        };
    }

    private static void AddCallers(List<AllowedCallersAnnotation> callers, KubernetesResource objects)
    {
        var workload = objects.Workload!;
        objects.AdditionalResources.Add(new CustomResource("networking.k8s.io/v1", "NetworkPolicy")
        {
            Metadata = { Name = $"{workload.Metadata.Name}-callers" },
            Spec =
            {
                ["podSelector"] = new LabelSelectorV1(new(workload.PodTemplate.Metadata.Labels, StringComparer.Ordinal)),
                ["policyTypes"] = new object[] { "Ingress" },
                ["ingress"] = new object[]
                {
                    new Dictionary<string, object>
                    {
                        ["from"] = callers.Select(Peer).ToArray(),
                        ["ports"] = workload.PodTemplate.Spec.Containers[0].Ports.Select(port => (object)new Dictionary<string, object>
                        {
                            ["protocol"] = port.Protocol ?? "TCP",
                            ["port"] = port.ContainerPort!.Number!.Value,
                        }).ToArray(),
                    },
                },
            },
        }.Because($"AllowCallersFrom(\"{string.Join("\"), AllowCallersFrom(\"", callers.Select(caller => caller.Namespace))}\")"));
    }

    private static object Peer(AllowedCallersAnnotation caller)
    {
        var peer = new Dictionary<string, object>
        {
            ["namespaceSelector"] = new LabelSelectorV1(new(StringComparer.Ordinal) { ["kubernetes.io/metadata.name"] = caller.Namespace }),
        };
        if (caller.PodLabels.Count > 0)
        {
            peer["podSelector"] = new LabelSelectorV1(new(caller.PodLabels, StringComparer.Ordinal));
        }

        return peer;
    }

    private static void AddMutualTls(KubernetesResource objects)
    {
        var workload = objects.Workload!;
        var authentication = new CustomResource("security.istio.io/v1", "PeerAuthentication")
        {
            Metadata = { Name = workload.Metadata.Name },
            Spec =
            {
                ["selector"] = new LabelSelectorV1(new(workload.PodTemplate.Metadata.Labels, StringComparer.Ordinal)),
                ["mtls"] = new Dictionary<string, object> { ["mode"] = "STRICT" },
            },
        };
        authentication.OnlyWhen(WhenMesh);
        objects.AdditionalResources.Add(authentication.Because("WithMutualTls()"));
    }
}
