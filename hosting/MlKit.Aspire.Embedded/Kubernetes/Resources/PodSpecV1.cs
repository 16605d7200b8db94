using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What a pod runs and where it may run.</summary>
public sealed class PodSpecV1
{
    /// <summary>The field <c>hostIPC</c>; left out when null.</summary>
    [YamlMember(Alias = "hostIPC")]
    public bool? HostIpc { get; set; }

    /// <summary>The field <c>hostPID</c>; left out when null.</summary>
    [YamlMember(Alias = "hostPID")]
    public bool? HostPid { get; set; }

    /// <summary>The field <c>setHostnameAsFQDN</c>; left out when null.</summary>
    [YamlMember(Alias = "setHostnameAsFQDN")]
    public bool? SetHostnameAsFqdn { get; set; }

    /// <summary>The map <c>overhead</c>; left out when empty.</summary>
    [YamlMember(Alias = "overhead")]
    public Dictionary<string, string> Overhead { get; } = [];

    /// <summary>The field <c>hostname</c>; left out when null.</summary>
    [YamlMember(Alias = "hostname")]
    public string? Hostname { get; set; }

    /// <summary>The field <c>nodeName</c>; left out when null.</summary>
    [YamlMember(Alias = "nodeName")]
    public string? NodeName { get; set; }

    /// <summary>The field <c>priorityClassName</c>; left out when null.</summary>
    [YamlMember(Alias = "priorityClassName")]
    public string? PriorityClassName { get; set; }

    /// <summary>The field <c>runtimeClassName</c>; left out when null.</summary>
    [YamlMember(Alias = "runtimeClassName")]
    public string? RuntimeClassName { get; set; }

    /// <summary>The field <c>schedulerName</c>; left out when null.</summary>
    [YamlMember(Alias = "schedulerName")]
    public string? SchedulerName { get; set; }

    /// <summary>The field <c>serviceAccountName</c>; left out when null.</summary>
    [YamlMember(Alias = "serviceAccountName")]
    public string? ServiceAccountName { get; set; }

    /// <summary>The field <c>shareProcessNamespace</c>; left out when null.</summary>
    [YamlMember(Alias = "shareProcessNamespace")]
    public bool? ShareProcessNamespace { get; set; }

    /// <summary>The field <c>dnsConfig</c>; left out when null.</summary>
    [YamlMember(Alias = "dnsConfig")]
    public PodDnsConfigV1? DnsConfig { get; set; }

    /// <summary>The field <c>hostNetwork</c>; left out when null.</summary>
    [YamlMember(Alias = "hostNetwork")]
    public bool? HostNetwork { get; set; }

    /// <summary>The field <c>automountServiceAccountToken</c>; left out when null.</summary>
    [YamlMember(Alias = "automountServiceAccountToken")]
    public bool? AutomountServiceAccountToken { get; set; }

    /// <summary>The field <c>subdomain</c>; left out when null.</summary>
    [YamlMember(Alias = "subdomain")]
    public string? Subdomain { get; set; }

    /// <summary>The map <c>nodeSelector</c>; left out when empty.</summary>
    [YamlMember(Alias = "nodeSelector")]
    public Dictionary<string, string> NodeSelector { get; } = [];

    /// <summary>The field <c>activeDeadlineSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "activeDeadlineSeconds")]
    public long? ActiveDeadlineSeconds { get; set; }

    /// <summary>The list <c>containers</c>; left out when empty.</summary>
    [YamlMember(Alias = "containers")]
    public List<ContainerV1> Containers { get; } = [];

    /// <summary>The field <c>enableServiceLinks</c>; left out when null.</summary>
    [YamlMember(Alias = "enableServiceLinks")]
    public bool? EnableServiceLinks { get; set; }

    /// <summary>The list <c>hostAliases</c>; left out when empty.</summary>
    [YamlMember(Alias = "hostAliases")]
    public List<HostAliasV1> HostAliases { get; } = [];

    /// <summary>The field <c>hostUsers</c>; left out when null.</summary>
    [YamlMember(Alias = "hostUsers")]
    public bool? HostUsers { get; set; }

    /// <summary>The list <c>imagePullSecrets</c>; left out when empty.</summary>
    [YamlMember(Alias = "imagePullSecrets")]
    public List<LocalObjectReferenceV1> ImagePullSecrets { get; } = [];

    /// <summary>The list <c>initContainers</c>; left out when empty.</summary>
    [YamlMember(Alias = "initContainers")]
    public List<ContainerV1> InitContainers { get; } = [];

    /// <summary>The list <c>readinessGates</c>; left out when empty.</summary>
    [YamlMember(Alias = "readinessGates")]
    public List<PodReadinessGateV1> ReadinessGates { get; } = [];

    /// <summary>The list <c>resourceClaims</c>; left out when empty.</summary>
    [YamlMember(Alias = "resourceClaims")]
    public List<PodResourceClaimV1> ResourceClaims { get; } = [];

    /// <summary>The list <c>schedulingGates</c>; left out when empty.</summary>
    [YamlMember(Alias = "schedulingGates")]
    public List<PodSchedulingGateV1> SchedulingGates { get; } = [];

    /// <summary>The field <c>terminationGracePeriodSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "terminationGracePeriodSeconds")]
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>The list <c>tolerations</c>; left out when empty.</summary>
    [YamlMember(Alias = "tolerations")]
    public List<TolerationV1> Tolerations { get; } = [];

    /// <summary>The list <c>topologySpreadConstraints</c>; left out when empty.</summary>
    [YamlMember(Alias = "topologySpreadConstraints")]
    public List<TopologySpreadConstraintV1> TopologySpreadConstraints { get; } = [];

    /// <summary>The list <c>volumes</c>; left out when empty.</summary>
    [YamlMember(Alias = "volumes")]
    public List<VolumeV1> Volumes { get; } = [];

    /// <summary>The field <c>securityContext</c>; left out when null.</summary>
    [YamlMember(Alias = "securityContext")]
    public PodSecurityContextV1? SecurityContext { get; set; }

    /// <summary>The field <c>serviceAccount</c>; left out when null.</summary>
    [YamlMember(Alias = "serviceAccount")]
    public string? ServiceAccount { get; set; }

    /// <summary>The field <c>affinity</c>; left out when null.</summary>
    [YamlMember(Alias = "affinity")]
    public AffinityV1? Affinity { get; set; }

    /// <summary>The field <c>dnsPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "dnsPolicy")]
    public string? DnsPolicy { get; set; }

    /// <summary>The field <c>preemptionPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "preemptionPolicy")]
    public string? PreemptionPolicy { get; set; }

    /// <summary>The field <c>priority</c>; left out when null.</summary>
    [YamlMember(Alias = "priority")]
    public int? Priority { get; set; }

    /// <summary>The field <c>restartPolicy</c>; left out when null.</summary>
    [YamlMember(Alias = "restartPolicy")]
    public string? RestartPolicy { get; set; }
}
