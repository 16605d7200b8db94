using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The <see cref="Secret"/> whose keys become variables.</summary>
public sealed class SecretEnvSourceV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>optional</c>; left out when null.</summary>
    [YamlMember(Alias = "optional")]
    public bool? Optional { get; set; }
}
