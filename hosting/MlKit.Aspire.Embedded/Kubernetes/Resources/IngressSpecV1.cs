using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Rules and TLS of an <see cref="Ingress"/>.</summary>
public sealed class IngressSpecV1
{
    /// <summary>The field <c>defaultBackend</c>.</summary>
    [YamlMember(Alias = "defaultBackend")]
    public IngressBackendV1 DefaultBackend { get; set; } = new();

    /// <summary>The field <c>ingressClassName</c>.</summary>
    [YamlMember(Alias = "ingressClassName")]
    public string IngressClassName { get; set; } = null!;

    /// <summary>The list <c>rules</c>; left out when empty.</summary>
    [YamlMember(Alias = "rules")]
    public List<IngressRuleV1> Rules { get; } = [];

    /// <summary>The list <c>tls</c>; left out when empty.</summary>
    [YamlMember(Alias = "tls")]
    public List<IngressTLSV1> Tls { get; } = [];
}
