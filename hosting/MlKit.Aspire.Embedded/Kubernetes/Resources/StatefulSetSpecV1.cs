using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What a <see cref="StatefulSet"/> runs and which claims its pods get.</summary>
public sealed class StatefulSetSpecV1
{
    /// <summary>The field <c>serviceName</c>.</summary>
    [YamlMember(Alias = "serviceName")]
    public string ServiceName { get; set; } = null!;

    /// <summary>The field <c>template</c>.</summary>
    [YamlMember(Alias = "template")]
    public PodTemplateSpecV1 Template { get; set; } = new();

    /// <summary>The field <c>selector</c>.</summary>
    [YamlMember(Alias = "selector")]
    public LabelSelectorV1 Selector { get; set; } = new();

    /// <summary>The field <c>minReadySeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "minReadySeconds")]
    public int? MinReadySeconds { get; set; }

    /// <summary>The field <c>ordinals</c>; left out when null.</summary>
    [YamlMember(Alias = "ordinals")]
    public StatefulSetOrdinalsV1? Ordinals { get; set; }

    /// <summary>The field <c>replicas</c>; left out when null.</summary>
    [YamlMember(Alias = "replicas")]
    public int? Replicas { get; set; }

    /// <summary>The list <c>volumeClaimTemplates</c>; left out when empty.</summary>
    [YamlMember(Alias = "volumeClaimTemplates")]
    public List<PersistentVolumeClaim> VolumeClaimTemplates { get; } = [];

    /// <summary>The field <c>revisionHistoryLimit</c>; left out when null.</summary>
    [YamlMember(Alias = "revisionHistoryLimit")]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>The field <c>persistentVolumeClaimRetentionPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "persistentVolumeClaimRetentionPolicy")]
    public StatefulSetPersistentVolumeClaimRetentionPolicyV1? PersistentVolumeClaimRetentionPolicy { get; set; }

    /// <summary>The field <c>podManagementPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "podManagementPolicy")]
    public string? PodManagementPolicy { get; set; }

    /// <summary>The field <c>updateStrategy</c>; left out when null.</summary>
    [YamlMember(Alias = "updateStrategy")]
    public StatefulSetUpdateStrategyV1? UpdateStrategy { get; set; }
}
