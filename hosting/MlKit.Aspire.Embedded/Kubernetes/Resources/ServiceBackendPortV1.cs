using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A port of a Service by name or by number.</summary>
public sealed class ServiceBackendPortV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>number</c>; left out when null.</summary>
    [YamlMember(Alias = "number")]
    public int? Number { get; set; }
}
