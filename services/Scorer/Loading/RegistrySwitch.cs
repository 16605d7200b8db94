using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Loading;

/// <summary>Brings a registry version into service and retires the one before it.</summary>
internal sealed class RegistrySwitch(
    ScorerOptions options, ModelCatalog catalog, ModelLoader loader, ModelCache cache, GateCheck gate,
    TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Downloads, loads, warms up and switches. What was served is retired later, so that callers who named it finish.</summary>
    /// <param name="before">The version that is served; null: none.</param>
    /// <param name="version">The version to serve.</param>
    /// <param name="isLater">It came after start-up.</param>
    /// <param name="cancellationToken">Stops loading.</param>
    /// <exception cref="InferenceException">The version cannot be served; nothing has changed.</exception>
    public async Task<LoadedModel> LoadAsync(RegistryVersion? before, RegistryVersion version, bool isLater, CancellationToken cancellationToken)
    {
        var folder = await FetchAsync(version, cancellationToken);
        var verified = await gate.VerifyAsync(version, folder, cancellationToken);
        var source = await MlflowFolder.ReadAsync(version, folder, cancellationToken);
        var model = await loader.LoadAsync(source with { IsTrusted = verified, IsProbed = isLater }, cancellationToken);
        if (catalog.Switch(model) is { } replaced)
        {
            _ = RetireAsync(replaced);
        }

        cache.Trim(version.Name, before is null ? [version] : [before, version]);
        return model;
    }

    private async Task<string> FetchAsync(RegistryVersion version, CancellationToken cancellationToken)
    {
        try
        {
            return await cache.GetAsync(version, cancellationToken);
        }
        catch (RegistryException error)
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, error.Message, error);
        }
    }

    private async Task RetireAsync(LoadedModel replaced)
    {
        try
        {
            await Task.Delay(options.RetireAfter, time, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // The process ends; the session goes with it.
            return;
        }

        catalog.Retire(replaced);
    }
}
