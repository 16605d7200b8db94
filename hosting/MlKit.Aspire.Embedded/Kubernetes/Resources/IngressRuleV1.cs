using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The paths of one host.</summary>
public sealed class IngressRuleV1
{
    /// <summary>The field <c>http</c>.</summary>
    [YamlMember(Alias = "http")]
    public HttpIngressRuleValueV1 Http { get; set; } = new();

    /// <summary>The field <c>host</c>.</summary>
    [YamlMember(Alias = "host")]
    public string Host { get; set; } = null!;
}
