using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// The policy of the whole release: nothing reaches one of its pods and no pod reaches anything but DNS, unless another
/// policy, or the values, allow it.
/// </summary>
internal static class DefaultPolicy
{
    public static ChartObject Create()
    {
        var dns = new YamlMapping()
            .Add("to", new YamlSequence([new YamlMapping().Add("namespaceSelector", new YamlMapping()
                .Add("matchLabels", new YamlMapping().Add("kubernetes.io/metadata.name", "kube-system")))]))
            .Add("ports", new YamlSequence([Port("UDP"), Port("TCP")]));
        var spec = new YamlMapping()
            .Add("podSelector", new YamlMapping()
                .Add("matchLabels", new YamlMapping().Add(ObjectLabels.Instance, "{{ .Release.Name }}")))
            .Add("policyTypes", new YamlSequence([new YamlText("Ingress"), new YamlText("Egress")]))
            .Add("ingress", new YamlBlock("toYaml .Values.networkPolicy.extraIngress"), ".Values.networkPolicy.extraIngress")
            .Add("egress", new YamlSequence([dns, new YamlSplice(".Values.networkPolicy.extraEgress")]));
        return new ChartObject(null, "networkpolicy-default.yaml", new YamlMapping()
            .Add("apiVersion", "networking.k8s.io/v1")
            .Add("kind", "NetworkPolicy")
            .Add("metadata", new YamlMapping()
                .Add("name", $"{ObjectNames.FullName}-default")
                .Add("labels", ObjectLabels.Tree(null)))
            .Add("spec", spec))
        {
            When = ".Values.networkPolicy.enabled",
        };
    }

    private static YamlMapping Port(string protocol) => new YamlMapping().Add("protocol", protocol).Add("port", new YamlPlain("53"));
}
