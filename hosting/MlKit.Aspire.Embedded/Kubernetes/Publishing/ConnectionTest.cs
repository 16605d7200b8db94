using System.Globalization;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Standards;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>What <c>helm test</c> runs: a pod that asks every http service whether it is ready.</summary>
internal static class ConnectionTest
{
    /// <summary>The label <c>component</c> of the pod.</summary>
    public const string Component = "test";

    private const string Name = $"{ObjectNames.FullName}-test";
    private const string Hook = "helm.sh/hook";

    /// <summary>The pod and the policy that lets it call; nothing where there is no http service.</summary>
    public static IEnumerable<ChartObject> Create(PublishedApplication application, IReadOnlyList<KubernetesResource> resources)
    {
        var targets = resources.Where(resource => resource.Service is not null && resource.Workload is not null)
            .Select(resource => (Resource: resource, Endpoint: application.EndpointsOf(resource.Source).FirstOrDefault(endpoint => endpoint.IsHttp)))
            .Where(target => target.Endpoint is not null)
            .Select(target => (target.Resource, Endpoint: target.Endpoint!))
            .ToList();
        if (targets.Count == 0)
        {
            return [];
        }

        ValueLifter.AddImage(
            application.Values.Root.Map("waitFor", "What the init containers run that wait for a dependency, and helm test."),
            "image", WaitStandards.Image, "Always");
        return [Policy(), Pod(targets)];
    }

    private static ChartObject Pod(List<(KubernetesResource Resource, PublishedEndpoint Endpoint)> targets)
    {
        var container = new ContainerV1 { Name = "ask", Image = "", Command = { "sh", "-ec", Script } };
        container.Args.Add("ask");
        container.Args.AddRange(targets.Select(target => Url(target.Resource, target.Endpoint)));
        var template = new PodTemplateSpecV1 { Spec = { RestartPolicy = "Never", Containers = { container } } };
        PodStandards.Apply(template);
        var spec = YamlTree.FromObject(template.Spec);
        var asking = (YamlMapping)((YamlSequence)spec["containers"]!).Items[0];
        asking.Set("image", new YamlText("{{ include \"chart.image\" (dict \"root\" . \"image\" .Values.waitFor.image) }}"));
        asking.Set("imagePullPolicy", new YamlExpression(".Values.global.imagePullPolicy | default .Values.waitFor.image.pullPolicy"));
        spec.Set("imagePullSecrets", new YamlBlock("toYaml .Values.imagePullSecrets"), ".Values.imagePullSecrets");
        return Object("tests/pod.yaml", "v1", "Pod", "10", spec, null);
    }

    private const string Script =
        """
        for url in "$@"; do
          wget -q -T 10 -O /dev/null "$url" || { echo "$url does not answer"; exit 1; }
          echo "$url answers"
        done
        """;

    private static ChartObject Policy()
    {
        var everything = new YamlMapping().Add("podSelector", new YamlMapping()
            .Add("matchLabels", new YamlMapping().Add(ObjectLabels.Instance, "{{ .Release.Name }}")));
        var spec = new YamlMapping()
            .Add("podSelector", new YamlMapping().Add("matchLabels", Selector()))
            .Add("policyTypes", new YamlSequence([new YamlText("Egress")]))
            .Add("egress", new YamlSequence([new YamlMapping().Add("to", new YamlSequence([everything]))]));
        return Object("tests/networkpolicy.yaml", "networking.k8s.io/v1", "NetworkPolicy", "0", spec, ".Values.networkPolicy.enabled");
    }

    private static ChartObject Object(string file, string apiVersion, string kind, string weight, YamlMapping spec, string? when)
    {
        var labels = ObjectLabels.Tree(null);
        labels.Set(ObjectLabels.Component, new YamlText(Component));
        return new ChartObject(null, file, new YamlMapping()
            .Add("apiVersion", apiVersion)
            .Add("kind", kind)
            .Add("metadata", new YamlMapping()
                .Add("name", Name)
                .Add("labels", labels)
                .Add("annotations", new YamlMapping()
                    .Add(Hook, "test")
                    .Add($"{Hook}-weight", weight)
                    .Add($"{Hook}-delete-policy", "before-hook-creation,hook-succeeded")))
            .Add("spec", spec))
        {
            When = when,
        };
    }

    /// <summary>The labels by which policies know the pod.</summary>
    public static YamlMapping Selector() => new YamlMapping()
        .Add(ObjectLabels.Name, "{{ .Chart.Name }}")
        .Add(ObjectLabels.Instance, "{{ .Release.Name }}")
        .Add(ObjectLabels.Component, Component);

    // Where a probe asks whether the service is ready, the test asks there too.
    private static string Url(KubernetesResource resource, PublishedEndpoint endpoint)
    {
        var probe = resource.Workload!.PodTemplate.Spec.Containers[0].ReadinessProbe?.HttpGet;
        var path = probe?.Path is { Length: > 0 } given ? given : "/";
        return string.Create(CultureInfo.InvariantCulture, $"http://{ObjectNames.Of(resource.Source)}:{endpoint.Port}{path}");
    }
}
