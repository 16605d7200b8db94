using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The Ingresses that the AppHost declares, and the note of which endpoints they open.</summary>
internal sealed class DeclaredIngresses(PublishedApplication application, CancellationToken cancellationToken)
{
    private readonly ExpressionResolver _resolver = new(application);

    public async Task<List<ChartObject>> CreateAsync(IEnumerable<KubernetesIngressResource> ingresses)
    {
        var objects = new List<ChartObject>();
        foreach (var ingress in ingresses.Where(ingress => ingress.Parent == application.Environment))
        {
            objects.Add(await CreateAsync(ingress).ConfigureAwait(false));
        }

        return objects;
    }

    private async Task<ChartObject> CreateAsync(KubernetesIngressResource ingress)
    {
        if (ingress.Paths.Count == 0 && ingress.DefaultBackend is null)
        {
            throw new DistributedApplicationException(
                $"The Ingress '{ingress.Name}' leads nowhere: call WithPath or WithDefaultBackend with an endpoint.");
        }

        application.Values.Of(ingress).Set("ingress", new YamlMapping()
            .Add("enabled", new YamlPlain("true"))
            .Add("className", "", "Empty for the one that the application names, or the cluster's default class.")
            .Add("annotations", new YamlMapping()));
        var path = $".Values.{ChartValues.KeyOf(ingress)}.ingress";
        var tree = new YamlMapping()
            .Add("apiVersion", "networking.k8s.io/v1")
            .Add("kind", "Ingress")
            .Add("metadata", new YamlMapping()
                .Add("name", ObjectNames.Of(ingress))
                .Add("labels", ObjectLabels.Tree(ingress))
                .Add("annotations", await AnnotationsAsync(ingress, path).ConfigureAwait(false)))
            .Add("spec", await SpecAsync(ingress, path).ConfigureAwait(false));
        return new ChartObject(ingress, $"{ObjectNames.Component(ingress)}/ingress.yaml", tree) { When = $"{path}.enabled" };
    }

    private async Task<YamlMapping> AnnotationsAsync(KubernetesIngressResource ingress, string path)
    {
        var annotations = new YamlMapping().Add(Explanation.Annotation, new YamlText(HelmText.Escape($"AddIngress(\"{ingress.Name}\")")));
        foreach (var (key, value) in ingress.ObjectAnnotations)
        {
            annotations.Set(key, await TextAsync(value, ingress, $"annotation '{key}'").ConfigureAwait(false));
        }

        return annotations.Add("", new YamlMerge($"{path}.annotations"));
    }

    private async Task<YamlMapping> SpecAsync(KubernetesIngressResource ingress, string path)
    {
        var hosts = new List<YamlText>();
        foreach (var host in ingress.Hostnames)
        {
            hosts.Add(await TextAsync(host, ingress, "WithHostname").ConfigureAwait(false));
        }

        var spec = new YamlMapping().Add("ingressClassName", await ClassAsync(ingress, path).ConfigureAwait(false), ingress.ClassName is null ? $"{path}.className" : null);
        if (ingress.DefaultBackend is { } fallback)
        {
            spec.Add("defaultBackend", Backend(fallback, ingress));
        }

        var rules = Rules(ingress, hosts);
        if (rules.Count > 0)
        {
            spec.Add("rules", new YamlSequence([.. rules]));
        }

        var named = hosts.Concat(ingress.Paths.Select(item => item.Host).OfType<string>().Select(host => new YamlText(HelmText.Escape(host))))
            .DistinctBy(host => host.Value).ToList<YamlNode>();
        var certificates = new List<YamlNode>();
        foreach (var secret in ingress.TlsSecrets)
        {
            var certificate = new YamlMapping().Add("secretName", await TextAsync(secret, ingress, "WithTls").ConfigureAwait(false));
            certificates.Add(named.Count == 0 ? certificate : certificate.Add("hosts", new YamlSequence([.. named])));
        }

        return certificates.Count == 0 ? spec : spec.Add("tls", new YamlSequence([.. certificates]));
    }

    private async Task<YamlNode> ClassAsync(KubernetesIngressResource ingress, string path)
    {
        var chosen = new YamlExpression($"{path}.className | quote");
        if (ingress.ClassName is not { } name)
        {
            return chosen;
        }

        var text = await TextAsync(name, ingress, "WithIngressClass").ConfigureAwait(false);
        return new YamlExpression($"{path}.className | default ({HelmText.ToExpression(text.Value)}) | quote");
    }

    private List<YamlNode> Rules(KubernetesIngressResource ingress, List<YamlText> hosts)
    {
        var paths = new Dictionary<string, List<YamlNode>>(StringComparer.Ordinal);
        foreach (var item in ingress.Paths)
        {
            var node = new YamlMapping().Add("path", item.Path).Add("pathType", item.Type.ToString()).Add("backend", Backend(item.Endpoint, ingress));
            string[] takers = item.Host is { } own ? [HelmText.Escape(own)] : hosts.Count > 0 ? [.. hosts.Select(host => host.Value)] : [""];
            foreach (var host in takers)
            {
                (paths.TryGetValue(host, out var list) ? list : paths[host] = []).Add(node);
            }
        }

        return [.. paths.Select(rule =>
        {
            var http = new YamlMapping().Add("paths", new YamlSequence([.. rule.Value]));
            var map = new YamlMapping();
            return (rule.Key.Length == 0 ? map : map.Add("host", new YamlText(rule.Key))).Add("http", http);
        })];
    }

    private YamlMapping Backend(EndpointReference reference, KubernetesIngressResource ingress)
    {
        var endpoint = application.Find(reference, ingress) is { Protocol: "TCP" } found
            ? found
            : throw new DistributedApplicationException(
                $"The Ingress '{ingress.Name}' leads to endpoint '{reference.EndpointName}' of '{reference.Resource.Name}', on which no HTTP is spoken in the cluster.");
        application.Route(endpoint);
        return new YamlMapping().Add("service", new YamlMapping()
            .Add("name", ObjectNames.Of(application.Published(reference.Resource)))
            .Add("port", new YamlMapping().Add("name", endpoint.PortName)));
    }

    private async Task<YamlText> TextAsync(ReferenceExpression value, KubernetesIngressResource ingress, string use)
    {
        var resolved = await _resolver.ResolveAsync(value, ingress, use, cancellationToken).ConfigureAwait(false) ?? HelmValue.Literal("");
        return resolved.Secret
            ? throw new DistributedApplicationException($"The Ingress '{ingress.Name}', {use}: a secret parameter would be readable in the cluster; allowed are plain ones.")
            : new YamlText(resolved.Text);
    }
}
