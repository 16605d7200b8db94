using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>An object of the same namespace by kind and name.</summary>
public sealed class TypedLocalObjectReferenceV1
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
}
