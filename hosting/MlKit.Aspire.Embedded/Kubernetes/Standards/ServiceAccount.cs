using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>An identity of pods that never calls the API server (<c>v1</c>).</summary>
internal sealed class ServiceAccount() : BaseKubernetesResource("v1", "ServiceAccount")
{
    [YamlMember(Alias = "automountServiceAccountToken")]
    public bool AutomountServiceAccountToken { get; set; }
}
