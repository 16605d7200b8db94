namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The identity that pods run as (<c>v1</c>).</summary>
public sealed class ServiceAccountV1() : BaseKubernetesResource("v1", "ServiceAccount");
