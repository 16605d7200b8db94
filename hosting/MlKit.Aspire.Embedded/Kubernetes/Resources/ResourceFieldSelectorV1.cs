using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A limit or request of a container.</summary>
public sealed class ResourceFieldSelectorV1
{
    /// <summary>The field <c>containerName</c>; left out when null.</summary>
    [YamlMember(Alias = "containerName")]
    public string? ContainerName { get; set; }

    /// <summary>The field <c>divisor</c>; left out when null.</summary>
    [YamlMember(Alias = "divisor")]
    public string? Divisor { get; set; }

    /// <summary>The field <c>resource</c>.</summary>
    [YamlMember(Alias = "resource")]
    public string Resource { get; set; } = null!;
}
