using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Where the value of a variable comes from: one of its members.</summary>
public sealed class EnvVarSourceV1
{
    /// <summary>The field <c>configMapKeyRef</c>; left out when null.</summary>
    [YamlMember(Alias = "configMapKeyRef")]
    public ConfigMapKeySelectorV1? ConfigMapKeyRef { get; set; }

    /// <summary>The field <c>fieldRef</c>; left out when null.</summary>
    [YamlMember(Alias = "fieldRef")]
    public ObjectFieldSelectorV1? FieldRef { get; set; }

    /// <summary>The field <c>resourceFieldRef</c>; left out when null.</summary>
    [YamlMember(Alias = "resourceFieldRef")]
    public ResourceFieldSelectorV1? ResourceFieldRef { get; set; }

    /// <summary>The field <c>secretKeyRef</c>; left out when null.</summary>
    [YamlMember(Alias = "secretKeyRef")]
    public SecretKeySelectorV1? SecretKeyRef { get; set; }
}
