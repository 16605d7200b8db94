using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What the processes of all containers of a pod may do.</summary>
public sealed class PodSecurityContextV1
{
    /// <summary>The field <c>appArmorProfile</c>; left out when null.</summary>
    [YamlMember(Alias = "appArmorProfile")]
    public AppArmorProfileV1? AppArmorProfile { get; set; }

    /// <summary>The field <c>seccompProfile</c>; left out when null.</summary>
    [YamlMember(Alias = "seccompProfile")]
    public SeccompProfileV1? SeccompProfile { get; set; }

    /// <summary>The field <c>fsGroup</c>; left out when null.</summary>
    [YamlMember(Alias = "fsGroup")]
    public long? FsGroup { get; set; }

    /// <summary>The field <c>runAsGroup</c>; left out when null.</summary>
    [YamlMember(Alias = "runAsGroup")]
    public long? RunAsGroup { get; set; }

    /// <summary>The field <c>runAsUser</c>; left out when null.</summary>
    [YamlMember(Alias = "runAsUser")]
    public long? RunAsUser { get; set; }

    /// <summary>The list <c>supplementalGroups</c>; left out when empty.</summary>
    [YamlMember(Alias = "supplementalGroups")]
    public List<long> SupplementalGroups { get; } = [];

    /// <summary>The list <c>sysctls</c>; left out when empty.</summary>
    [YamlMember(Alias = "sysctls")]
    public List<SysctlV1> Sysctls { get; } = [];

    /// <summary>The field <c>runAsNonRoot</c>; left out when null.</summary>
    [YamlMember(Alias = "runAsNonRoot")]
    public bool? RunAsNonRoot { get; set; }

    /// <summary>The field <c>fsGroupChangePolicy</c>.</summary>
    [YamlMember(Alias = "fsGroupChangePolicy")]
    public string FsGroupChangePolicy { get; set; } = null!;

    /// <summary>The field <c>supplementalGroupsPolicy</c>.</summary>
    [YamlMember(Alias = "supplementalGroupsPolicy")]
    public string SupplementalGroupsPolicy { get; set; } = null!;
}
