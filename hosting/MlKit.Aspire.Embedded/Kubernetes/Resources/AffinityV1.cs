using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Which nodes and which neighbours a pod wants.</summary>
public sealed class AffinityV1
{
    /// <summary>The field <c>nodeAffinity</c>.</summary>
    [YamlMember(Alias = "nodeAffinity")]
    public NodeAffinityV1 NodeAffinity { get; set; } = new();

    /// <summary>The field <c>podAffinity</c>.</summary>
    [YamlMember(Alias = "podAffinity")]
    public PodAffinityV1 PodAffinity { get; set; } = new();

    /// <summary>The field <c>podAntiAffinity</c>.</summary>
    [YamlMember(Alias = "podAntiAffinity")]
    public PodAntiAffinityV1 PodAntiAffinity { get; set; } = new();
}
