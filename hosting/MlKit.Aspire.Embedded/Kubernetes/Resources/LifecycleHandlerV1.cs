using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What is done at a point of the life cycle: one of its members.</summary>
public sealed class LifecycleHandlerV1
{
    /// <summary>The field <c>exec</c>; left out when null.</summary>
    [YamlMember(Alias = "exec")]
    public ExecActionV1? Exec { get; set; }

    /// <summary>The field <c>httpGet</c>; left out when null.</summary>
    [YamlMember(Alias = "httpGet")]
    public HttpGetActionV1? HttpGet { get; set; }

    /// <summary>The field <c>sleep</c>; left out when null.</summary>
    [YamlMember(Alias = "sleep")]
    public SleepActionV1? Sleep { get; set; }

    /// <summary>The field <c>tcpSocket</c>; left out when null.</summary>
    [YamlMember(Alias = "tcpSocket")]
    public TcpSocketActionV1? TcpSocket { get; set; }
}
