using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A Service and its port.</summary>
public sealed class IngressServiceBackendV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>port</c>.</summary>
    [YamlMember(Alias = "port")]
    public ServiceBackendPortV1 Port { get; set; } = new();
}
