using System.Collections;
using System.Collections.Concurrent;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The address of one endpoint in one network, perhaps not known yet.</summary>
/// <param name="Snapshot">The promise of the address.</param>
/// <param name="NetworkID">The network.</param>
public record class NetworkEndpointSnapshot(ValueSnapshot<AllocatedEndpoint> Snapshot, NetworkIdentifier NetworkID);

/// <summary>The addresses of one endpoint, one for each network from which it is reached.</summary>
public class NetworkEndpointSnapshotList : IEnumerable<NetworkEndpointSnapshot>
{
    private readonly ConcurrentDictionary<NetworkIdentifier, ValueSnapshot<AllocatedEndpoint>> _snapshots = new();

    /// <summary>Adds the promise of an address; false where the network has one.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="snapshot">The promise.</param>
    public bool TryAdd(NetworkIdentifier networkId, ValueSnapshot<AllocatedEndpoint> snapshot) => _snapshots.TryAdd(networkId, snapshot);

    /// <summary>Sets the address in a network and releases those who wait for it.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="endpoint">The address.</param>
    public void AddOrUpdateAllocatedEndpoint(NetworkIdentifier networkId, AllocatedEndpoint endpoint) =>
        GetSnapshot(networkId).SetValue(endpoint);

    /// <summary>The address in a network; waits until the host gave one.</summary>
    /// <param name="networkId">The network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<AllocatedEndpoint> GetAllocatedEndpointAsync(NetworkIdentifier networkId, CancellationToken cancellationToken = default) =>
        GetSnapshot(networkId).GetValueAsync(cancellationToken);

    /// <inheritdoc/>
    public IEnumerator<NetworkEndpointSnapshot> GetEnumerator() =>
        _snapshots.Select(pair => new NetworkEndpointSnapshot(pair.Value, pair.Key)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ValueSnapshot<AllocatedEndpoint> GetSnapshot(NetworkIdentifier networkId) =>
        _snapshots.GetOrAdd(networkId, _ => new ValueSnapshot<AllocatedEndpoint>());

    internal AllocatedEndpoint? TryGet(NetworkIdentifier networkId) =>
        _snapshots.TryGetValue(networkId, out var snapshot) ? snapshot.ValueOrNull : null;
}
