using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A resolver option.</summary>
public sealed class PodDnsConfigOptionV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>value</c>; left out when null.</summary>
    [YamlMember(Alias = "value")]
    public string? Value { get; set; }
}
