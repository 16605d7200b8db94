using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What every object carries: its name, labels and annotations.</summary>
public sealed class ObjectMetaV1
{
    /// <summary>The field <c>uid</c>.</summary>
    [YamlMember(Alias = "uid")]
    public string Uid { get; set; } = null!;

    /// <summary>The field <c>generateName</c>.</summary>
    [YamlMember(Alias = "generateName")]
    public string GenerateName { get; set; } = null!;

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>namespace</c>.</summary>
    [YamlMember(Alias = "namespace")]
    public string Namespace { get; set; } = null!;

    /// <summary>The field <c>generation</c>; left out when null.</summary>
    [YamlMember(Alias = "generation")]
    public long? Generation { get; set; }

    /// <summary>The field <c>resourceVersion</c>.</summary>
    [YamlMember(Alias = "resourceVersion")]
    public string ResourceVersion { get; set; } = null!;

    /// <summary>The field <c>creationTimestamp</c>; left out when null.</summary>
    [YamlMember(Alias = "creationTimestamp")]
    public DateTime? CreationTimestamp { get; set; }

    /// <summary>The field <c>deletionTimestamp</c>; left out when null.</summary>
    [YamlMember(Alias = "deletionTimestamp")]
    public DateTime? DeletionTimestamp { get; set; }

    /// <summary>The map <c>annotations</c>; left out when empty.</summary>
    [YamlMember(Alias = "annotations")]
    public Dictionary<string, string> Annotations { get; } = [];

    /// <summary>The field <c>deletionGracePeriodSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "deletionGracePeriodSeconds")]
    public long? DeletionGracePeriodSeconds { get; set; }

    /// <summary>The list <c>finalizers</c>; left out when empty.</summary>
    [YamlMember(Alias = "finalizers")]
    public List<string> Finalizers { get; } = [];

    /// <summary>The map <c>labels</c>; left out when empty.</summary>
    [YamlMember(Alias = "labels")]
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>The list <c>ownerReferences</c>; left out when empty.</summary>
    [YamlMember(Alias = "ownerReferences")]
    public List<OwnerReferenceV1> OwnerReferences { get; } = [];
}
