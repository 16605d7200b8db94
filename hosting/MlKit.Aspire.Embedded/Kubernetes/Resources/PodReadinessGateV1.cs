using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A further condition for readiness.</summary>
public sealed class PodReadinessGateV1
{
    /// <summary>The field <c>conditionType</c>.</summary>
    [YamlMember(Alias = "conditionType")]
    public string ConditionType { get; set; } = null!;
}
