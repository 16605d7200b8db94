using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A volume of a pod: its name and one source.</summary>
public sealed class VolumeV1
{
    /// <summary>The field <c>image</c>; left out when null.</summary>
    [YamlMember(Alias = "image")]
    public ImageVolumeSourceV1? Image { get; set; }

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>hostPath</c>; left out when null.</summary>
    [YamlMember(Alias = "hostPath")]
    public HostPathVolumeSourceV1? HostPath { get; set; }

    /// <summary>The field <c>ephemeral</c>; left out when null.</summary>
    [YamlMember(Alias = "ephemeral")]
    public EphemeralVolumeSourceV1? Ephemeral { get; set; }

    /// <summary>The field <c>persistentVolumeClaim</c>; left out when null.</summary>
    [YamlMember(Alias = "persistentVolumeClaim")]
    public PersistentVolumeClaimVolumeSourceV1? PersistentVolumeClaim { get; set; }

    /// <summary>The field <c>configMap</c>; left out when null.</summary>
    [YamlMember(Alias = "configMap")]
    public ConfigMapVolumeSourceV1? ConfigMap { get; set; }

    /// <summary>The field <c>emptyDir</c>; left out when null.</summary>
    [YamlMember(Alias = "emptyDir")]
    public EmptyDirVolumeSourceV1? EmptyDir { get; set; }

    /// <summary>The field <c>secret</c>; left out when null.</summary>
    [YamlMember(Alias = "secret")]
    public SecretVolumeSourceV1? Secret { get; set; }

    /// <summary>The field <c>projected</c>; left out when null.</summary>
    [YamlMember(Alias = "projected")]
    public ProjectedVolumeSourceV1? Projected { get; set; }
}
