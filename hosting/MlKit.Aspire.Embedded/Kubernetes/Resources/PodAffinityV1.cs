using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Which pods a pod wants to be near.</summary>
public sealed class PodAffinityV1
{
    /// <summary>The list <c>preferredDuringSchedulingIgnoredDuringExecution</c>; left out when empty.</summary>
    [YamlMember(Alias = "preferredDuringSchedulingIgnoredDuringExecution")]
    public List<WeightedPodAffinityTermV1> PreferredDuringSchedulingIgnoredDuringExecution { get; } = [];

    /// <summary>The list <c>requiredDuringSchedulingIgnoredDuringExecution</c>; left out when empty.</summary>
    [YamlMember(Alias = "requiredDuringSchedulingIgnoredDuringExecution")]
    public List<PodAffinityTermV1> RequiredDuringSchedulingIgnoredDuringExecution { get; } = [];
}
