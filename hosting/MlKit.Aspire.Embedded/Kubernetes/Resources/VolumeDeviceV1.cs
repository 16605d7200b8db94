using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A raw block device in a container.</summary>
public sealed class VolumeDeviceV1
{
    /// <summary>The field <c>devicePath</c>.</summary>
    [YamlMember(Alias = "devicePath")]
    public string DevicePath { get; set; } = null!;

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;
}
