using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A dynamic resource claim of a pod.</summary>
public sealed class PodResourceClaimV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>resourceClaimName</c>; left out when null.</summary>
    [YamlMember(Alias = "resourceClaimName")]
    public string? ResourceClaimName { get; set; }

    /// <summary>The field <c>resourceClaimTemplateName</c>; left out when null.</summary>
    [YamlMember(Alias = "resourceClaimTemplateName")]
    public string? ResourceClaimTemplateName { get; set; }
}
