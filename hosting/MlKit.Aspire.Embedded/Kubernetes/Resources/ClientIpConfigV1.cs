using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Affinity by client address.</summary>
public sealed class ClientIpConfigV1
{
    /// <summary>The field <c>timeoutSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "timeoutSeconds")]
    public int? TimeoutSeconds { get; set; }
}
