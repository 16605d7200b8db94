using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A token of the pod's service account, as a file that is renewed.</summary>
public sealed class ServiceAccountTokenProjectionV1
{
    /// <summary>The field <c>path</c>.</summary>
    [YamlMember(Alias = "path")]
    public string Path { get; set; } = null!;

    /// <summary>The field <c>expirationSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "expirationSeconds")]
    public long? ExpirationSeconds { get; set; }
}
