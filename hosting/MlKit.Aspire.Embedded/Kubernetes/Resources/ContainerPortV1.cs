using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A port that a container listens on.</summary>
public sealed class ContainerPortV1
{
    /// <summary>The field <c>hostIP</c>.</summary>
    [YamlMember(Alias = "hostIP")]
    public string HostIp { get; set; } = null!;

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>protocol</c>.</summary>
    [YamlMember(Alias = "protocol")]
    public string Protocol { get; set; } = null!;

    /// <summary>The field <c>containerPort</c>; left out when null.</summary>
    [YamlMember(Alias = "containerPort")]
    public Int32OrStringV1? ContainerPort { get; set; }

    /// <summary>The field <c>hostPort</c>; left out when null.</summary>
    [YamlMember(Alias = "hostPort")]
    public Int32OrStringV1? HostPort { get; set; }
}
