using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>DNS settings of a pod.</summary>
public sealed class PodDnsConfigV1
{
    /// <summary>The list <c>nameservers</c>; left out when empty.</summary>
    [YamlMember(Alias = "nameservers")]
    public List<string> Nameservers { get; } = [];

    /// <summary>The list <c>options</c>; left out when empty.</summary>
    [YamlMember(Alias = "options")]
    public List<PodDnsConfigOptionV1> Options { get; } = [];

    /// <summary>The list <c>searches</c>; left out when empty.</summary>
    [YamlMember(Alias = "searches")]
    public List<string> Searches { get; } = [];
}
