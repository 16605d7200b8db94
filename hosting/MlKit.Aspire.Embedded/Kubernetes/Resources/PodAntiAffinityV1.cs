using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Which pods a pod keeps away from.</summary>
public sealed class PodAntiAffinityV1
{
    /// <summary>The list <c>preferredDuringSchedulingIgnoredDuringExecution</c>; left out when empty.</summary>
    [YamlMember(Alias = "preferredDuringSchedulingIgnoredDuringExecution")]
    public List<WeightedPodAffinityTermV1> PreferredDuringSchedulingIgnoredDuringExecution { get; } = [];

    /// <summary>The list <c>requiredDuringSchedulingIgnoredDuringExecution</c>; left out when empty.</summary>
    [YamlMember(Alias = "requiredDuringSchedulingIgnoredDuringExecution")]
    public List<PodAffinityTermV1> RequiredDuringSchedulingIgnoredDuringExecution { get; } = [];
}
