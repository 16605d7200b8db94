using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Standards;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Builds the objects of a resource: workload, Service, ConfigMap, Secret. Callbacks change them afterwards.</summary>
internal sealed class ObjectFactory(
    PublishedApplication application,
    EnvironmentCollector environment,
    StorageFactory storage,
    ChartIdentity chart)
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const int StatelessReplicas = 2;

    public async Task<KubernetesResource> CreateAsync(IResource resource, CancellationToken cancellationToken)
    {
        var objects = new KubernetesResource(resource.Name, resource, application.Environment);
        var template = new PodTemplateSpecV1 { Metadata = { Labels = ObjectLabels.Selector(resource) } };
        var container = new ContainerV1
        {
            Name = ObjectNames.Component(resource),
            Image = ResourceImage.Of(resource, chart.Name, chart.AppVersion).Reference,
            ImagePullPolicy = PullPolicy(resource),
        };
        template.Spec.Containers.Add(container);
        AddPorts(resource, container);

        var variables = await environment.VariablesAsync(resource, cancellationToken).ConfigureAwait(false);
        AddTelemetry(resource, variables);
        await AddArgumentsAsync(resource, container, variables, cancellationToken).ConfigureAwait(false);
        AddEnvironment(resource, objects, container, variables);
        objects.Service = CreateService(resource);
        objects.Workload = CreateWorkload(resource, objects, template);
        return objects;
    }

    private string PullPolicy(IResource resource) =>
        resource.Annotations.OfType<ContainerImagePullPolicyAnnotation>().LastOrDefault()?.ImagePullPolicy switch
        {
            ImagePullPolicy.Always => "Always",
            ImagePullPolicy.Missing => "IfNotPresent",
            ImagePullPolicy.Never => "Never",
            _ => application.Environment.DefaultImagePullPolicy,
        };

    private void AddPorts(IResource resource, ContainerV1 container)
    {
        foreach (var endpoint in application.EndpointsOf(resource))
        {
            container.Ports.Add(new ContainerPortV1
            {
                Name = endpoint.PortName,
                ContainerPort = endpoint.TargetPort,
                Protocol = endpoint.Protocol,
            });
        }
    }

    // Where telemetry goes is known where the chart is installed.
    private static void AddTelemetry(IResource resource, List<KeyValuePair<string, HelmValue>> variables)
    {
        if (resource.Annotations.OfType<OtlpExporterAnnotation>().Any())
        {
            variables.RemoveAll(variable => variable.Key == OtlpEndpoint);
            variables.Add(new(OtlpEndpoint, new HelmValue("{{ .Values.telemetry.otlpEndpoint }}", false)));
            if (!variables.Exists(variable => variable.Key == ServiceName))
            {
                variables.Add(new(ServiceName, HelmValue.Literal(resource.Name)));
            }
        }
    }

    // Arguments can be read in every pod description: one with a secret in it goes through a variable.
    private async Task AddArgumentsAsync(
        IResource resource,
        ContainerV1 container,
        List<KeyValuePair<string, HelmValue>> variables,
        CancellationToken cancellationToken)
    {
        if (resource is ContainerResource { Entrypoint: { Length: > 0 } entrypoint })
        {
            container.Command.Add(entrypoint);
        }

        foreach (var argument in await environment.ArgumentsAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            if (argument.Secret)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"SECRET_ARGUMENT_{container.Args.Count + 1}");
                variables.Add(new(name, argument));
                container.Args.Add($"$({name})");
            }
            else
            {
                container.Args.Add(argument.Text.Replace("$(", "$$(", StringComparison.Ordinal));
            }
        }
    }

    private static void AddEnvironment(
        IResource resource,
        KubernetesResource objects,
        ContainerV1 container,
        List<KeyValuePair<string, HelmValue>> variables)
    {
        foreach (var (name, value) in variables)
        {
            if (value.Secret)
            {
                objects.Secret ??= new Secret { Metadata = { Name = ObjectNames.Of(resource, "secrets") }, Type = "Opaque" };
                objects.Secret.StringData[name] = value.Text;
            }
            else
            {
                objects.ConfigMap ??= new ConfigMap { Metadata = { Name = ObjectNames.Of(resource, "config") } };
                objects.ConfigMap.Data[name] = value.Text;
            }
        }

        if (objects.ConfigMap is not null)
        {
            container.EnvFrom.Add(new EnvFromSourceV1 { ConfigMapRef = new() { Name = objects.ConfigMap.Metadata.Name } });
        }

        if (objects.Secret is not null)
        {
            container.EnvFrom.Add(new EnvFromSourceV1 { SecretRef = new() { Name = objects.Secret.Metadata.Name } });
        }
    }

    private Service? CreateService(IResource resource)
    {
        var endpoints = application.EndpointsOf(resource);
        if (endpoints.Count == 0)
        {
            return null;
        }

        var service = new Service
        {
            Metadata = { Name = ObjectNames.Of(resource) },
            Spec = { Type = application.Environment.DefaultServiceType, Selector = ObjectLabels.Selector(resource) },
        };
        foreach (var endpoint in endpoints)
        {
            service.Spec.Ports.Add(new ServicePortV1
            {
                Name = endpoint.PortName,
                Protocol = endpoint.Protocol,
                AppProtocol = endpoint.AppProtocol!,
                Port = endpoint.Port,
                TargetPort = endpoint.PortName,
            });
        }

        return service;
    }

    private Workload CreateWorkload(IResource resource, KubernetesResource objects, PodTemplateSpecV1 template)
    {
        var claims = storage.Mount(resource, objects, template);
        if (application.IsAwaited(resource))
        {
            objects.Service = null;
            return CompletionStandards.CreateJob(resource, template);
        }

        var selector = new LabelSelectorV1(ObjectLabels.Selector(resource));
        var replicas = resource.GetReplicaCount();
        if (claims.Count == 0 && resource is not IResourceWithConnectionString)
        {
            // What keeps nothing, and is called, survives the loss of a node as two pods.
            var isAsked = resource.Annotations.OfType<ReplicaAnnotation>().Any();
            var shares = storage.Shares(resource);
            replicas = !isAsked && objects.Service is not null && !shares ? StatelessReplicas : replicas;
            return new Deployment
            {
                Metadata = { Name = ObjectNames.Of(resource) },
                Spec =
                {
                    Replicas = replicas,
                    RevisionHistoryLimit = 3,
                    Selector = selector,
                    Template = template,
                    // A new pod could wait for ever for a volume that the old one holds: there the old one goes first.
                    Strategy =
                    {
                        Type = "RollingUpdate",
                        RollingUpdate = { MaxSurge = shares ? 0 : 1, MaxUnavailable = shares ? 1 : 0 },
                    },
                },
            };
        }

        var governing = CreateGoverningService(resource, objects.Service);
        objects.AdditionalResources.Add(governing);
        var set = new StatefulSet
        {
            Metadata = { Name = ObjectNames.Of(resource) },
            Spec =
            {
                ServiceName = governing.Metadata.Name,
                Replicas = replicas,
                RevisionHistoryLimit = 3,
                Selector = selector,
                Template = template,
                UpdateStrategy = new() { Type = "RollingUpdate" },
            },
        };
        set.Spec.VolumeClaimTemplates.AddRange(claims);
        return set;
    }

    // A StatefulSet's pods have names of their own only behind a headless Service.
    private static Service CreateGoverningService(IResource resource, Service? service)
    {
        var governing = new Service
        {
            Metadata = { Name = ObjectNames.Of(resource, "pods") },
            Spec =
            {
                Type = "ClusterIP",
                ClusterIp = "None",
                PublishNotReadyAddresses = true,
                Selector = ObjectLabels.Selector(resource),
            },
        };
        governing.Spec.Ports.AddRange(service?.Spec.Ports ?? []);
        return governing;
    }
}
