using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>How much storage of which class and access.</summary>
public sealed class PersistentVolumeClaimSpecV1
{
    /// <summary>The field <c>dataSource</c>; left out when null.</summary>
    [YamlMember(Alias = "dataSource")]
    public TypedLocalObjectReferenceV1? DataSource { get; set; }

    /// <summary>The field <c>storageClassName</c>.</summary>
    [YamlMember(Alias = "storageClassName")]
    public string StorageClassName { get; set; } = null!;

    /// <summary>The field <c>volumeAttributesClassName</c>.</summary>
    [YamlMember(Alias = "volumeAttributesClassName")]
    public string VolumeAttributesClassName { get; set; } = null!;

    /// <summary>The field <c>volumeMode</c>.</summary>
    [YamlMember(Alias = "volumeMode")]
    public string VolumeMode { get; set; } = null!;

    /// <summary>The field <c>volumeName</c>.</summary>
    [YamlMember(Alias = "volumeName")]
    public string VolumeName { get; set; } = null!;

    /// <summary>The field <c>dataSourceRef</c>; left out when null.</summary>
    [YamlMember(Alias = "dataSourceRef")]
    public TypedObjectReferenceV1? DataSourceRef { get; set; }

    /// <summary>The field <c>selector</c>; left out when null.</summary>
    [YamlMember(Alias = "selector")]
    public LabelSelectorV1? Selector { get; set; }

    /// <summary>The list <c>accessModes</c>; left out when empty.</summary>
    [YamlMember(Alias = "accessModes")]
    public List<string> AccessModes { get; } = [];

    /// <summary>The field <c>resources</c>.</summary>
    [YamlMember(Alias = "resources")]
    public VolumeResourceRequirementsV1 Resources { get; set; } = new();
}
