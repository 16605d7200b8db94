using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Linux capabilities that are added and dropped.</summary>
public sealed class CapabilitiesV1
{
    /// <summary>The list <c>add</c>; left out when empty.</summary>
    [YamlMember(Alias = "add")]
    public List<string> Add { get; } = [];

    /// <summary>The list <c>drop</c>; left out when empty.</summary>
    [YamlMember(Alias = "drop")]
    public List<string> Drop { get; } = [];
}
