using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Terms of which one must hold.</summary>
public sealed class NodeSelectorV1
{
    /// <summary>The list <c>nodeSelectorTerms</c>; left out when empty.</summary>
    [YamlMember(Alias = "nodeSelectorTerms")]
    public List<NodeSelectorTermV1> NodeSelectorTerms { get; } = [];
}
