using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Which nodes a pod wants.</summary>
public sealed class NodeAffinityV1
{
    /// <summary>The list <c>preferredDuringSchedulingIgnoredDuringExecution</c>; left out when empty.</summary>
    [YamlMember(Alias = "preferredDuringSchedulingIgnoredDuringExecution")]
    public List<PreferredSchedulingTermV1> PreferredDuringSchedulingIgnoredDuringExecution { get; } = [];

    /// <summary>The field <c>requiredDuringSchedulingIgnoredDuringExecution</c>.</summary>
    [YamlMember(Alias = "requiredDuringSchedulingIgnoredDuringExecution")]
    public NodeSelectorV1 RequiredDuringSchedulingIgnoredDuringExecution { get; set; } = new();
}
