using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What a container asks for and may use, as Kubernetes quantities (<c>500m</c>, <c>1Gi</c>).</summary>
public sealed class ResourceRequirementsV1
{
    /// <summary>The list <c>claims</c>; left out when empty.</summary>
    [YamlMember(Alias = "claims")]
    public List<ResourceClaimV1> Claims { get; } = [];

    /// <summary>The map <c>limits</c>; left out when empty.</summary>
    [YamlMember(Alias = "limits")]
    public Dictionary<string, string> Limits { get; } = [];

    /// <summary>The map <c>requests</c>; left out when empty.</summary>
    [YamlMember(Alias = "requests")]
    public Dictionary<string, string> Requests { get; } = [];
}
