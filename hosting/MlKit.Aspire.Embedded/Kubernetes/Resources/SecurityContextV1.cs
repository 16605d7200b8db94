using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What the processes of a container may do.</summary>
public sealed class SecurityContextV1
{
    /// <summary>The field <c>privileged</c>; left out when null.</summary>
    [YamlMember(Alias = "privileged")]
    public bool? Privileged { get; set; }

    /// <summary>The field <c>appArmorProfile</c>; left out when null.</summary>
    [YamlMember(Alias = "appArmorProfile")]
    public AppArmorProfileV1? AppArmorProfile { get; set; }

    /// <summary>The field <c>seccompProfile</c>; left out when null.</summary>
    [YamlMember(Alias = "seccompProfile")]
    public SeccompProfileV1? SeccompProfile { get; set; }

    /// <summary>The field <c>readOnlyRootFilesystem</c>; left out when null.</summary>
    [YamlMember(Alias = "readOnlyRootFilesystem")]
    public bool? ReadOnlyRootFilesystem { get; set; }

    /// <summary>The field <c>allowPrivilegeEscalation</c>; left out when null.</summary>
    [YamlMember(Alias = "allowPrivilegeEscalation")]
    public bool? AllowPrivilegeEscalation { get; set; }

    /// <summary>The field <c>runAsGroup</c>; left out when null.</summary>
    [YamlMember(Alias = "runAsGroup")]
    public long? RunAsGroup { get; set; }

    /// <summary>The field <c>runAsUser</c>; left out when null.</summary>
    [YamlMember(Alias = "runAsUser")]
    public long? RunAsUser { get; set; }

    /// <summary>The field <c>capabilities</c>; left out when null.</summary>
    [YamlMember(Alias = "capabilities")]
    public CapabilitiesV1? Capabilities { get; set; }

    /// <summary>The field <c>procMount</c>; left out when null.</summary>
    [YamlMember(Alias = "procMount")]
    public string? ProcMount { get; set; }

    /// <summary>The field <c>runAsNonRoot</c>; left out when null.</summary>
    [YamlMember(Alias = "runAsNonRoot")]
    public bool? RunAsNonRoot { get; set; }
}
