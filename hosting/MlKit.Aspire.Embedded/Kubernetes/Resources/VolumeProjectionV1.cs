using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>One source of a projected volume.</summary>
public sealed class VolumeProjectionV1
{
    /// <summary>The field <c>configMap</c>; left out when null.</summary>
    [YamlMember(Alias = "configMap")]
    public ConfigMapProjectionV1? ConfigMap { get; set; }

    /// <summary>The field <c>secret</c>; left out when null.</summary>
    [YamlMember(Alias = "secret")]
    public SecretProjectionV1? Secret { get; set; }

    /// <summary>The field <c>serviceAccountToken</c>; left out when null.</summary>
    [YamlMember(Alias = "serviceAccountToken")]
    public ServiceAccountTokenProjectionV1? ServiceAccountToken { get; set; }

    /// <summary>The field <c>downwardAPI</c>; left out when null.</summary>
    [YamlMember(Alias = "downwardAPI")]
    public DownwardApiProjectionV1? DownwardApi { get; set; }
}
