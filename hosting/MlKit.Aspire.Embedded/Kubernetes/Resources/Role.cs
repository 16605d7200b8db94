using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What may be done to objects of a namespace (<c>rbac.authorization.k8s.io/v1</c>).</summary>
public sealed class Role() : BaseKubernetesResource("rbac.authorization.k8s.io/v1", "Role")
{
    /// <summary>The list <c>rules</c>; left out when empty.</summary>
    [YamlMember(Alias = "rules")]
    public List<PolicyRuleV1> Rules { get; } = [];
}
