using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What is behind a path: a Service or another object.</summary>
public sealed class IngressBackendV1
{
    /// <summary>The field <c>resource</c>.</summary>
    [YamlMember(Alias = "resource")]
    public TypedLocalObjectReferenceV1 Resource { get; set; } = new();

    /// <summary>The field <c>service</c>.</summary>
    [YamlMember(Alias = "service")]
    public IngressServiceBackendV1 Service { get; set; } = new();
}
