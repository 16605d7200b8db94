using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>From which pod on an update applies.</summary>
public sealed class RollingUpdateStatefulSetStrategyV1
{
    /// <summary>The field <c>partition</c>; left out when null.</summary>
    [YamlMember(Alias = "partition")]
    public int? Partition { get; set; }

    /// <summary>The field <c>maxUnavailable</c>; left out when null.</summary>
    [YamlMember(Alias = "maxUnavailable")]
    public int? MaxUnavailable { get; set; }
}
