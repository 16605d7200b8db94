using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>How a <see cref="Deployment"/> replaces its pods: <c>RollingUpdate</c> or <c>Recreate</c>.</summary>
public sealed class DeploymentStrategyV1
{
    /// <summary>The field <c>rollingUpdate</c>.</summary>
    [YamlMember(Alias = "rollingUpdate")]
    public RollingUpdateDeploymentV1 RollingUpdate { get; set; } = new();

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;
}
