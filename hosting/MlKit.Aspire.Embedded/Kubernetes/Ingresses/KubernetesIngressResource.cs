using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>An Ingress that the AppHost declares: hosts, paths, and the endpoints behind them.</summary>
/// <param name="name">The name.</param>
/// <param name="environment">The cluster that it is published to.</param>
public sealed class KubernetesIngressResource(string name, KubernetesEnvironmentResource environment)
    : Resource(name), IResourceWithParent<KubernetesEnvironmentResource>
{
    /// <summary>The cluster that it is published to.</summary>
    public KubernetesEnvironmentResource Parent { get; } = environment ?? throw new ArgumentNullException(nameof(environment));

    internal List<ReferenceExpression> Hostnames { get; } = [];

    internal List<IngressPath> Paths { get; } = [];

    internal EndpointReference? DefaultBackend { get; set; }

    internal ReferenceExpression? ClassName { get; set; }

    internal List<ReferenceExpression> TlsSecrets { get; } = [];

    /// <summary>Annotations of the object in the cluster.</summary>
    internal Dictionary<string, ReferenceExpression> ObjectAnnotations { get; } = new(StringComparer.Ordinal);
}
