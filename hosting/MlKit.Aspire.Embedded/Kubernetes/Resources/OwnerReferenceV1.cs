using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The object that an object goes with.</summary>
public sealed class OwnerReferenceV1
{
    /// <summary>The field <c>apiVersion</c>.</summary>
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; set; } = null!;

    /// <summary>The field <c>kind</c>.</summary>
    [YamlMember(Alias = "kind")]
    public string Kind { get; set; } = null!;

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>uid</c>.</summary>
    [YamlMember(Alias = "uid")]
    public string Uid { get; set; } = null!;

    /// <summary>The field <c>controller</c>; left out when null.</summary>
    [YamlMember(Alias = "controller")]
    public bool? Controller { get; set; }

    /// <summary>The field <c>blockOwnerDeletion</c>; left out when null.</summary>
    [YamlMember(Alias = "blockOwnerDeletion")]
    public bool? BlockOwnerDeletion { get; set; }
}
