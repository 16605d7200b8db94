using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Who has a <see cref="Role"/> (<c>rbac.authorization.k8s.io/v1</c>).</summary>
public sealed class RoleBinding() : BaseKubernetesResource("rbac.authorization.k8s.io/v1", "RoleBinding")
{
    /// <summary>The field <c>roleRef</c>.</summary>
    [YamlMember(Alias = "roleRef")]
    public RoleRefV1 RoleRef { get; set; } = new();

    /// <summary>The list <c>subjects</c>; left out when empty.</summary>
    [YamlMember(Alias = "subjects")]
    public List<SubjectV1> Subjects { get; } = [];
}
