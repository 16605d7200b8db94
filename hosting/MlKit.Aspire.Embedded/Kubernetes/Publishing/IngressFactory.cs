using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// An Ingress for each resource with an external HTTP endpoint that no declared Ingress leads to; off until the
/// installation names a host.
/// </summary>
internal static class IngressFactory
{
    public static ChartObject? Create(IResource resource, PublishedApplication application)
    {
        var endpoints = application.EndpointsOf(resource);
        var endpoint = endpoints.FirstOrDefault(candidate => candidate.IsHttp && candidate.Annotation.IsExternal);
        if (endpoint is null || endpoints.Any(application.IsRouted))
        {
            return null;
        }

        application.Values.Of(resource).Set("ingress", new YamlMapping()
            .Add("enabled", new YamlPlain("false"))
            .Add("className", "", "Empty for the cluster's default class.")
            .Add("host", "", "The name by which it is reached from outside.")
            .Add("tlsSecret", "", "The Secret that holds the certificate; empty for none.")
            .Add("annotations", new YamlMapping()));
        var path = $".Values.{ChartValues.KeyOf(resource)}.ingress";
        return new ChartObject(resource, $"{ObjectNames.Component(resource)}/ingress.yaml", Tree(resource, endpoint, path))
        {
            When = $"{path}.enabled",
        };
    }

    private static YamlMapping Tree(IResource resource, PublishedEndpoint endpoint, string path)
    {
        var host = new YamlExpression(
            $"required \"{path[".Values.".Length..]}.host is required when the Ingress is enabled\" {path}.host | quote");
        var backend = new YamlMapping().Add("service", new YamlMapping()
            .Add("name", ObjectNames.Of(resource))
            .Add("port", new YamlMapping().Add("name", endpoint.PortName)));
        var rule = new YamlMapping()
            .Add("host", host)
            .Add("http", new YamlMapping().Add("paths", new YamlSequence(
            [
                new YamlMapping().Add("path", "/").Add("pathType", "Prefix").Add("backend", backend),
            ])));
        var tls = new YamlMapping()
            .Add("secretName", new YamlExpression($"{path}.tlsSecret | quote"))
            .Add("hosts", new YamlSequence([new YamlExpression($"{path}.host | quote")]));
        return new YamlMapping()
            .Add("apiVersion", "networking.k8s.io/v1")
            .Add("kind", "Ingress")
            .Add("metadata", new YamlMapping()
                .Add("name", ObjectNames.Of(resource))
                .Add("labels", ObjectLabels.Tree(resource))
                .Add("annotations", new YamlMapping().Add("", new YamlMerge($"{path}.annotations"))))
            .Add("spec", new YamlMapping()
                .Add("ingressClassName", new YamlExpression($"{path}.className | quote"), $"{path}.className")
                .Add("tls", new YamlSequence([tls]), $"{path}.tlsSecret")
                .Add("rules", new YamlSequence([rule])));
    }
}
