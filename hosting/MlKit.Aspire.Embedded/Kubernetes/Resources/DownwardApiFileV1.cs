using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A field of the pod, as a file.</summary>
public sealed class DownwardApiFileV1
{
    /// <summary>The field <c>path</c>.</summary>
    [YamlMember(Alias = "path")]
    public string Path { get; set; } = null!;

    /// <summary>The field <c>fieldRef</c>.</summary>
    [YamlMember(Alias = "fieldRef")]
    public ObjectFieldSelectorV1 FieldRef { get; set; } = new();
}
