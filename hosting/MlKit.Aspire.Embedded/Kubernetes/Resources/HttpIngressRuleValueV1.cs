using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Paths and what is behind them.</summary>
public sealed class HttpIngressRuleValueV1
{
    /// <summary>The list <c>paths</c>; left out when empty.</summary>
    [YamlMember(Alias = "paths")]
    public List<HttpIngressPathV1> Paths { get; } = [];
}
