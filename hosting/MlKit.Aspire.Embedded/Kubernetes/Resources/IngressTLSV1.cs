using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The Secret that holds the certificate of hosts.</summary>
public sealed class IngressTLSV1
{
    /// <summary>The field <c>secretName</c>.</summary>
    [YamlMember(Alias = "secretName")]
    public string SecretName { get; set; } = null!;

    /// <summary>The list <c>hosts</c>; left out when empty.</summary>
    [YamlMember(Alias = "hosts")]
    public List<string> Hosts { get; } = [];
}
