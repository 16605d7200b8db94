using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>How many pods a rolling update may add and take away at once.</summary>
public sealed class RollingUpdateDeploymentV1
{
    /// <summary>The field <c>maxSurge</c>.</summary>
    [YamlMember(Alias = "maxSurge")]
    public int MaxSurge { get; set; }

    /// <summary>The field <c>maxUnavailable</c>.</summary>
    [YamlMember(Alias = "maxUnavailable")]
    public int MaxUnavailable { get; set; }
}
