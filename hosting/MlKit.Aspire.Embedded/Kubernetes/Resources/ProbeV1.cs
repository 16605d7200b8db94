using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A check of a container: exactly one handler; times in seconds.</summary>
public sealed class ProbeV1
{
    /// <summary>The field <c>exec</c>; left out when null.</summary>
    [YamlMember(Alias = "exec")]
    public ExecActionV1? Exec { get; set; }

    /// <summary>The field <c>grpc</c>; left out when null.</summary>
    [YamlMember(Alias = "grpc")]
    public GrpcActionV1? Grpc { get; set; }

    /// <summary>The field <c>failureThreshold</c>; left out when null.</summary>
    [YamlMember(Alias = "failureThreshold")]
    public int? FailureThreshold { get; set; }

    /// <summary>The field <c>successThreshold</c>; left out when null.</summary>
    [YamlMember(Alias = "successThreshold")]
    public int? SuccessThreshold { get; set; }

    /// <summary>The field <c>initialDelaySeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "initialDelaySeconds")]
    public int? InitialDelaySeconds { get; set; }

    /// <summary>The field <c>periodSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "periodSeconds")]
    public int? PeriodSeconds { get; set; }

    /// <summary>The field <c>terminationGracePeriodSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "terminationGracePeriodSeconds")]
    public long? TerminationGracePeriodSeconds { get; set; }

    /// <summary>The field <c>timeoutSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "timeoutSeconds")]
    public int? TimeoutSeconds { get; set; }

    /// <summary>The field <c>httpGet</c>; left out when null.</summary>
    [YamlMember(Alias = "httpGet")]
    public HttpGetActionV1? HttpGet { get; set; }

    /// <summary>The field <c>tcpSocket</c>; left out when null.</summary>
    [YamlMember(Alias = "tcpSocket")]
    public TcpSocketActionV1? TcpSocket { get; set; }
}
