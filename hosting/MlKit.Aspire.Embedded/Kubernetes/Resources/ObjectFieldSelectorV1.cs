using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A field of the pod itself.</summary>
public sealed class ObjectFieldSelectorV1
{
    /// <summary>The field <c>fieldPath</c>.</summary>
    [YamlMember(Alias = "fieldPath")]
    public string FieldPath { get; set; } = null!;

    /// <summary>The field <c>apiVersion</c>.</summary>
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; set; } = null!;
}
