using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Names for an address in the hosts file.</summary>
public sealed class HostAliasV1
{
    /// <summary>The field <c>ip</c>.</summary>
    [YamlMember(Alias = "ip")]
    public string Ip { get; set; } = null!;

    /// <summary>The list <c>hostnames</c>; left out when empty.</summary>
    [YamlMember(Alias = "hostnames")]
    public List<string> Hostnames { get; } = [];
}
