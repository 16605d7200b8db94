using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>Which connections pods may have (<c>networking.k8s.io/v1</c>).</summary>
internal sealed class NetworkPolicy() : BaseKubernetesResource("networking.k8s.io/v1", "NetworkPolicy")
{
    [YamlMember(Alias = "spec")]
    public NetworkPolicySpec Spec { get; set; } = new();
}

/// <summary>The pods, and what they may receive and open.</summary>
internal sealed class NetworkPolicySpec
{
    [YamlMember(Alias = "podSelector")]
    public LabelSelectorV1? PodSelector { get; set; }

    [YamlMember(Alias = "policyTypes")]
    public List<string> PolicyTypes { get; } = [];

    /// <summary>Rules, and nodes of the template for those that values decide about.</summary>
    [YamlMember(Alias = "ingress")]
    public List<object> Ingress { get; } = [];

    /// <summary>Rules, and nodes of the template for those that values decide about.</summary>
    [YamlMember(Alias = "egress")]
    public List<object> Egress { get; } = [];
}

/// <summary>Peers and ports; no peers means everybody.</summary>
internal sealed class NetworkPolicyRule
{
    [YamlMember(Alias = "from")]
    public List<NetworkPolicyPeer> From { get; } = [];

    [YamlMember(Alias = "to")]
    public List<NetworkPolicyPeer> To { get; } = [];

    [YamlMember(Alias = "ports")]
    public List<NetworkPolicyPort> Ports { get; } = [];
}

/// <summary>Pods of this namespace, or of others.</summary>
internal sealed class NetworkPolicyPeer
{
    [YamlMember(Alias = "podSelector")]
    public LabelSelectorV1? PodSelector { get; set; }

    [YamlMember(Alias = "namespaceSelector")]
    public LabelSelectorV1? NamespaceSelector { get; set; }
}

/// <summary>A port of the selected pods.</summary>
internal sealed class NetworkPolicyPort
{
    [YamlMember(Alias = "protocol")]
    public string? Protocol { get; set; }

    [YamlMember(Alias = "port")]
    public Int32OrStringV1? Port { get; set; }
}
