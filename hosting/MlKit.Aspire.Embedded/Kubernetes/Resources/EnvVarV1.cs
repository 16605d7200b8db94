using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>One environment variable of a container.</summary>
public sealed class EnvVarV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>value</c>.</summary>
    [YamlMember(Alias = "value")]
    public string Value { get; set; } = null!;

    /// <summary>The field <c>valueFrom</c>; left out when null.</summary>
    [YamlMember(Alias = "valueFrom")]
    public EnvVarSourceV1? ValueFrom { get; set; }
}
