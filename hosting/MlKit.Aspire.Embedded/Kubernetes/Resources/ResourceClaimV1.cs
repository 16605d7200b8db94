using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A dynamic resource claim of the pod that the container uses.</summary>
public sealed class ResourceClaimV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>request</c>.</summary>
    [YamlMember(Alias = "request")]
    public string Request { get; set; } = null!;
}
