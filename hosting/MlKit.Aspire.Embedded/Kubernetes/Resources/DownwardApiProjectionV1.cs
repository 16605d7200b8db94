using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Fields of the pod, as files.</summary>
public sealed class DownwardApiProjectionV1
{
    /// <summary>The list <c>items</c>; left out when empty.</summary>
    [YamlMember(Alias = "items")]
    public List<DownwardApiFileV1> Items { get; } = [];
}
