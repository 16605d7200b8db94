using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>As whom the pods of a resource run; the last one on a resource counts.</summary>
/// <param name="existing">A ServiceAccount that is in the cluster; null for one of the resource's own.</param>
/// <param name="provider">Whose identity it takes; null for none.</param>
/// <param name="identity">The identity.</param>
public sealed class ServiceAccountAnnotation(string? existing, WorkloadIdentityProvider? provider, string? identity) : IResourceAnnotation
{
    /// <summary>A ServiceAccount that is in the cluster; null for one of the resource's own.</summary>
    public string? Existing { get; } = existing;

    /// <summary>Whose identity it takes; null for none.</summary>
    public WorkloadIdentityProvider? Provider { get; } = provider;

    /// <summary>The identity.</summary>
    public string? Identity { get; } = identity;
}
