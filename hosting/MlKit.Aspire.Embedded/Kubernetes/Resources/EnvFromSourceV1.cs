using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>All keys of a <see cref="ConfigMap"/> or a <see cref="Secret"/> as environment variables.</summary>
public sealed class EnvFromSourceV1
{
    /// <summary>The field <c>configMapRef</c>; left out when null.</summary>
    [YamlMember(Alias = "configMapRef")]
    public ConfigMapEnvSourceV1? ConfigMapRef { get; set; }

    /// <summary>The field <c>secretRef</c>; left out when null.</summary>
    [YamlMember(Alias = "secretRef")]
    public SecretEnvSourceV1? SecretRef { get; set; }

    /// <summary>The field <c>prefix</c>; left out when null.</summary>
    [YamlMember(Alias = "prefix")]
    public string? Prefix { get; set; }
}
