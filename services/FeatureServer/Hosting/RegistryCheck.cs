using MlKit.Feast;
using MlKit.Storage;

namespace MlKit.FeatureServer.Hosting;

/// <summary>Says at start, and not at the first clash, if the registry's bucket ignores conditions of writes.</summary>
internal sealed class RegistryCheck(FeatureStore store) : IHostedService
{
    /// <exception cref="FeastException">Two writers could overwrite each other; the message names the endpoint.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => ObjectStores.IsRemote(store.Registry.Path)
        ? store.Registry.RequireConditionalWritesAsync(cancellationToken)
        : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
