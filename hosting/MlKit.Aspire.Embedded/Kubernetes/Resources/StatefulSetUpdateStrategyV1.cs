using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>How a <see cref="StatefulSet"/> replaces its pods.</summary>
public sealed class StatefulSetUpdateStrategyV1
{
    /// <summary>The field <c>rollingUpdate</c>; left out when null.</summary>
    [YamlMember(Alias = "rollingUpdate")]
    public RollingUpdateStatefulSetStrategyV1? RollingUpdate { get; set; }

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;
}
