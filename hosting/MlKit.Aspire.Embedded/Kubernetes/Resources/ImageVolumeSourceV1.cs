using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>An OCI image as a read-only volume.</summary>
public sealed class ImageVolumeSourceV1
{
    /// <summary>The field <c>pullPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "pullPolicy")]
    public string? PullPolicy { get; set; }

    /// <summary>The field <c>reference</c>.</summary>
    [YamlMember(Alias = "reference")]
    public string Reference { get; set; } = null!;
}
