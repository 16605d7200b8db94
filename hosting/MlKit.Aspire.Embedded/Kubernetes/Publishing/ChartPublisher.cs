using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Standards;
using Aspire.Hosting.Kubernetes.Yaml;
using Aspire.Hosting.Pipelines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Writes the Helm chart of an environment.</summary>
internal static class ChartPublisher
{
    /// <summary>The annotation by which a callback names the Secret that a resource takes in place of the chart's own.</summary>
    private const string ExistingSecret = "mlkit.dev/existing-secret";

    public static async Task PublishAsync(KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var format = OutputFormats.Parse(context.Services.GetRequiredService<IConfiguration>()["Pipeline:OutputFormat"]);
        var folder = context.Services.GetRequiredService<IPipelineOutputService>().GetOutputDirectory(environment);
        var chart = await CreateAsync(environment, context).ConfigureAwait(false);
        chart.Require(chart.Render());
        var files = format == OutputFormat.Helm ? ChartFiles.Create(chart) : ManifestFiles.Create(chart, format);
        OutputFolder.Write(folder, format, files);
        context.ReportingStep.Log(LogLevel.Information, $"{files.Count} files ({OutputFormats.NameOf(format)}) are in {folder}");
    }

    /// <summary>The chart of an environment; nothing is written.</summary>
    public static async Task<PublishedChart> CreateAsync(
        KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var name = context.Services.GetRequiredService<IHostEnvironment>().ApplicationName;
        var chart = await ChartIdentity.CreateAsync(environment, name, context.CancellationToken).ConfigureAwait(false);
        var application = new PublishedApplication(environment, Choose(environment, context));
        AddGlobalValues(application.Values);
        foreach (var resource in application.Resources)
        {
            application.Values.Of(resource);
        }

        var resources = await BuildAsync(application, chart, context).ConfigureAwait(false);
        foreach (var resource in resources)
        {
            ApplyStandards(resource, application, context.Model);
        }

        var ingresses = await new DeclaredIngresses(application, context.CancellationToken)
            .CreateAsync(context.Model.Resources.OfType<KubernetesIngressResource>()).ConfigureAwait(false);
        resources.ForEach(resource => NetworkStandards.LabelHelpers(resource, application));

        // Waits are edges too: policies come last.
        foreach (var resource in resources)
        {
            NetworkStandards.Apply(resource, application);
            IdentityStandards.Apply(resource, application);
        }

        AddSecretValues(application.Values, resources);
        var objects = ChartAssembler.Assemble(resources);
        CompletionStandards.KeepAwaitedJobs(objects, application);
        objects.Add(DefaultPolicy.Create());
        objects.AddRange(ReleaseObjects.Create(application.Values));
        objects.AddRange(ConnectionTest.Create(application, resources));
        objects.AddRange(resources.Where(resource => resource.Service is not null)
            .Where(resource => !resource.AdditionalResources.Exists(item => item.Kind is "Ingress" or "HTTPRoute"))
            .Select(resource => IngressFactory.Create(resource.Source, application)).OfType<ChartObject>());
        objects.AddRange(ingresses);
        new ValueLifter(application.Values, objects).Lift();
        if (HelperTemplates.GeneratedSecret(application.Values) is { } generated)
        {
            objects.Add(generated);
        }

        objects.ForEach(Explanation.Add);

        return new PublishedChart(chart, application.Values, objects, NameLimits.LongestFullName(objects));
    }

    private static List<IResource> Choose(KubernetesEnvironmentResource environment, PipelineStepContext context)
    {
        var chosen = new List<IResource>();
        foreach (var resource in context.Model.Resources.Where(resource => resource is IComputeResource && !resource.IsExcludedFromPublish()))
        {
            if (resource.GetComputeEnvironment() is { } target && target != environment)
            {
                continue;
            }

            if (HasImage(resource))
            {
                chosen.Add(resource);
            }
            else
            {
                context.ReportingStep.Log(
                    LogLevel.Warning,
                    $"'{resource.Name}' is left out of the chart: a plain executable has no image. Add it as a project or a "
                    + "container, or call PublishAsDockerFile().");
            }
        }

        return chosen;
    }

    private static bool HasImage(IResource resource) =>
        resource.IsContainer() || resource.Annotations.Any(annotation => annotation is IProjectMetadata or DockerfileBuildAnnotation);

    private static async Task<List<KubernetesResource>> BuildAsync(
        PublishedApplication application, ChartIdentity chart, PipelineStepContext context)
    {
        var environment = new EnvironmentCollector(new ExpressionResolver(application), context.ExecutionContext, context.Logger);
        var factory = new ObjectFactory(application, environment, new StorageFactory(application), chart);
        var resources = new List<KubernetesResource>();
        foreach (var resource in application.Resources)
        {
            var objects = await factory.CreateAsync(resource, context.CancellationToken).ConfigureAwait(false);
            foreach (var customization in resource.Annotations.OfType<KubernetesServiceCustomizationAnnotation>().ToList())
            {
                customization.Configure(objects);
            }

            resources.Add(objects);
        }

        return resources;
    }

    private static void ApplyStandards(KubernetesResource objects, PublishedApplication application, DistributedApplicationModel model)
    {
        WaitStandards.Apply(objects, application);
        DatabaseStandards.Apply(objects, application, model.Resources.OfType<PostgresDatabaseResource>());
        if (objects.Workload is { Kind: "Deployment" or "StatefulSet" or "DaemonSet" } served && served.PodTemplate.Spec.Containers is [var main, ..])
        {
            ProbeStandards.Apply(objects.Source, application.EndpointsOf(objects.Source), main);
        }

        foreach (var workload in new[] { objects.Workload }.Concat(objects.AdditionalResources.OfType<Resources.Workload>()))
        {
            if (workload is not null)
            {
                PodStandards.Apply(workload.PodTemplate);
            }
        }

        AvailabilityStandards.Apply(objects);
    }

    private static void AddGlobalValues(ChartValues values)
    {
        values.Root.Add("global", new YamlMapping()
            .Add("imageRegistry", "", "Replaces the registry of every image, for example by a mirror.")
            .Add("imagePullPolicy", "", "Replaces the pull policy of every image; IfNotPresent for images that were loaded into the nodes."));
        values.Root.Add("imagePullSecrets", new YamlSequence(), null, "Secrets for private registries: [{name: ...}].");
        values.Root.Add("networkPolicy", new YamlMapping()
            .Add("enabled", new YamlPlain("true"), null, "Only the connections that the application's references need are allowed.")
            .Add("s3Egress", Https(), null, "What pods that use a bucket outside the cluster may reach.")
            .Add("otlpEgress", new YamlSequence(), null, "What pods may reach to send telemetry, with telemetry.otlpEndpoint.")
            .Add("extraIngress", new YamlSequence(), null, "Further ingress rules for all pods.")
            .Add("extraEgress", new YamlSequence(), null, "Further egress rules for all pods."));
        values.Root.Add("telemetry", new YamlMapping()
            .Add("otlpEndpoint", "", "Where traces, metrics and logs go, such as http://collector.observability:4317; empty for nowhere."));
        values.Root.Add("monitoring", new YamlMapping()
            .Add("enabled", new YamlPlain("false"), null, "ServiceMonitors, alerts and dashboards; needs the Prometheus operator.")
            .Add("namespace", "monitoring", "The namespace that scrapes.")
            .Add("prometheus", "http://prometheus-operated.monitoring:9090", "Prometheus' address, for what scales to zero.")
            .Add("runbooks", "docs/runbooks/alerts.md", "Where the runbooks of the alerts are.")
            .Add("labels", new YamlMapping(), null, "Labels by which a Prometheus chooses monitors and rules, such as release: prometheus."));
        values.Root.Add("mesh", new YamlMapping()
            .Add("enabled", new YamlPlain("false"), null, "Mutual TLS by Istio, for resources that ask for it."));
        values.Root.Add("podDisruptionBudget", new YamlMapping().Add("enabled", new YamlPlain("true")));
    }

    private static YamlSequence Https() => new([new YamlMapping().Add("ports", new YamlSequence(
        [new YamlMapping().Add("protocol", "TCP").Add("port", new YamlPlain("443"))]))]);

    private static void AddSecretValues(ChartValues values, List<KubernetesResource> resources)
    {
        foreach (var resource in resources.Where(resource => resource.Secret is not null))
        {
            var path = ValuePlaces.ExistingSecretOf(resource.Source);
            var given = resource.Secret!.Metadata.Annotations.GetValueOrDefault(ExistingSecret, "");
            resource.Secret.Metadata.Annotations.Remove(ExistingSecret);
            path[..^1].Aggregate(values.Root, static (parent, name) => parent.Map(name)).Add(
                path[^1],
                given,
                $"A Secret to use in place of the chart's own, with the keys {string.Join(", ", resource.Secret.StringData.Keys)}.");
        }

        if (values.Secrets.Count == 0)
        {
            return;
        }

        var secrets = values.Root.Map("secrets", "What is given here is kept in the release. Prefer existingSecret of the resources.");
        foreach (var (key, parameter) in values.Secrets)
        {
            secrets.Add(key, "", ChartValues.IsGenerated(parameter) ? "Empty: generated on the first install and kept." : "Required, unless existingSecret is used.");
        }
    }
}
