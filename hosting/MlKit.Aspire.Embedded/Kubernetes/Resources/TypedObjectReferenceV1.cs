using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>An object by kind, name and namespace.</summary>
public sealed class TypedObjectReferenceV1
{
    /// <summary>The field <c>apiGroup</c>; left out when null.</summary>
    [YamlMember(Alias = "apiGroup")]
    public string? ApiGroup { get; set; }

    /// <summary>The field <c>kind</c>.</summary>
    [YamlMember(Alias = "kind")]
    public string Kind { get; set; } = null!;

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>namespace</c>; left out when null.</summary>
    [YamlMember(Alias = "namespace")]
    public string? Namespace { get; set; }
}
