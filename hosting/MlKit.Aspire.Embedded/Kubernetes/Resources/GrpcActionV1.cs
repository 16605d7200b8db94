using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A gRPC health check.</summary>
public sealed class GrpcActionV1
{
    /// <summary>The field <c>port</c>.</summary>
    [YamlMember(Alias = "port")]
    public int Port { get; set; }

    /// <summary>The field <c>service</c>; left out when null.</summary>
    [YamlMember(Alias = "service")]
    public string? Service { get; set; }
}
