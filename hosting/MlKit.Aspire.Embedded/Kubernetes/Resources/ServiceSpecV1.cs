using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Which pods a <see cref="Service"/> reaches and on which ports.</summary>
public sealed class ServiceSpecV1
{
    /// <summary>The field <c>clusterIP</c>; left out when null.</summary>
    [YamlMember(Alias = "clusterIP")]
    public string? ClusterIp { get; set; }

    /// <summary>The field <c>loadBalancerIP</c>; left out when null.</summary>
    [YamlMember(Alias = "loadBalancerIP")]
    public string? LoadBalancerIp { get; set; }

    /// <summary>The field <c>externalName</c>; left out when null.</summary>
    [YamlMember(Alias = "externalName")]
    public string? ExternalName { get; set; }

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;

    /// <summary>The field <c>sessionAffinityConfig</c>; left out when null.</summary>
    [YamlMember(Alias = "sessionAffinityConfig")]
    public SessionAffinityConfigV1? SessionAffinityConfig { get; set; }

    /// <summary>The field <c>trafficDistribution</c>; left out when null.</summary>
    [YamlMember(Alias = "trafficDistribution")]
    public string? TrafficDistribution { get; set; }

    /// <summary>The map <c>selector</c>; left out when empty.</summary>
    [YamlMember(Alias = "selector")]
    public Dictionary<string, string> Selector { get; set; } = [];

    /// <summary>The field <c>allocateLoadBalancerNodePorts</c>; left out when null.</summary>
    [YamlMember(Alias = "allocateLoadBalancerNodePorts")]
    public bool? AllocateLoadBalancerNodePorts { get; set; }

    /// <summary>The list <c>clusterIPs</c>; left out when empty.</summary>
    [YamlMember(Alias = "clusterIPs")]
    public List<string> ClusterIPs { get; } = [];

    /// <summary>The list <c>externalIPs</c>; left out when empty.</summary>
    [YamlMember(Alias = "externalIPs")]
    public List<string> ExternalIPs { get; } = [];

    /// <summary>The list <c>ipFamilies</c>; left out when empty.</summary>
    [YamlMember(Alias = "ipFamilies")]
    public List<string> IpFamilies { get; } = [];

    /// <summary>The field <c>loadBalancerClass</c>; left out when null.</summary>
    [YamlMember(Alias = "loadBalancerClass")]
    public string? LoadBalancerClass { get; set; }

    /// <summary>The list <c>loadBalancerSourceRanges</c>; left out when empty.</summary>
    [YamlMember(Alias = "loadBalancerSourceRanges")]
    public List<string> LoadBalancerSourceRanges { get; } = [];

    /// <summary>The list <c>ports</c>; left out when empty.</summary>
    [YamlMember(Alias = "ports")]
    public List<ServicePortV1> Ports { get; } = [];

    /// <summary>The field <c>publishNotReadyAddresses</c>; left out when null.</summary>
    [YamlMember(Alias = "publishNotReadyAddresses")]
    public bool? PublishNotReadyAddresses { get; set; }

    /// <summary>The field <c>healthCheckNodePort</c>; left out when null.</summary>
    [YamlMember(Alias = "healthCheckNodePort")]
    public int? HealthCheckNodePort { get; set; }

    /// <summary>The field <c>externalTrafficPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "externalTrafficPolicy")]
    public string? ExternalTrafficPolicy { get; set; }

    /// <summary>The field <c>internalTrafficPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "internalTrafficPolicy")]
    public string? InternalTrafficPolicy { get; set; }

    /// <summary>The field <c>ipFamilyPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "ipFamilyPolicy")]
    public string? IpFamilyPolicy { get; set; }

    /// <summary>The field <c>sessionAffinity</c>; left out when null.</summary>
    [YamlMember(Alias = "sessionAffinity")]
    public string? SessionAffinity { get; set; }
}
