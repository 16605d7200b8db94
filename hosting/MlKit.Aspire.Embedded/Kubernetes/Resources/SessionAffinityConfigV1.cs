using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>How long a client stays with its pod.</summary>
public sealed class SessionAffinityConfigV1
{
    /// <summary>The field <c>clientIP</c>; left out when null.</summary>
    [YamlMember(Alias = "clientIP")]
    public ClientIpConfigV1? ClientIp { get; set; }
}
