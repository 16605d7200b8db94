using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The object that is scaled or measured: apiVersion, kind, name. Its metadata is never written.</summary>
public sealed class CrossVersionObjectReferenceV2() : BaseKubernetesResource("v2", "ObjectReference")
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;
}
