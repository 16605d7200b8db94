using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>Where the secrets of a resource come from; the last one on a resource counts.</summary>
/// <param name="existing">A Secret that is in the cluster; null for an external one.</param>
/// <param name="store">The SecretStore; null for a Secret of the cluster.</param>
/// <param name="key">The key in the store.</param>
/// <param name="clusterStore">Whether the store is a ClusterSecretStore.</param>
public sealed class SecretSourceAnnotation(string? existing, string? store, string? key, bool clusterStore) : IResourceAnnotation
{
    /// <summary>A Secret that is in the cluster; null for an external one.</summary>
    public string? Existing { get; } = existing;

    /// <summary>The SecretStore; null for a Secret of the cluster.</summary>
    public string? Store { get; } = store;

    /// <summary>The key in the store.</summary>
    public string? Key { get; } = key;

    /// <summary>Whether the store is a ClusterSecretStore.</summary>
    public bool ClusterStore { get; } = clusterStore;
}
