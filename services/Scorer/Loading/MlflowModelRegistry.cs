using MlKit.Mlflow;

namespace MlKit.Scorer.Loading;

/// <summary>The registry of an MLflow tracking server.</summary>
/// <param name="client">Gives a client per call, so that the server's address is looked up anew.</param>
internal sealed class MlflowModelRegistry(Func<MlflowClient> client) : IModelRegistry
{
    public async Task<RegistryVersion?> ResolveAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        try
        {
            var version = await client().ResolveModelVersionAsync(uri.ToString(), cancellationToken);
            return version is null
                ? null
                : new RegistryVersion(version.Name, version.Version, $"{version.CreationTimestamp}/{version.RunId}", version.Source);
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            throw new RegistryException($"the tracking server cannot be asked: {error.Message}", error);
        }
    }

    public async Task DownloadAsync(RegistryVersion version, string folder, CancellationToken cancellationToken)
    {
        try
        {
            var found = new ModelVersion { Name = version.Name, Version = version.Version, Source = version.Source };
            var files = await client().DownloadModelAsync(found, folder, cancellationToken);
            if (files.Count == 0)
            {
                throw new RegistryException($"version {version.Version} of {version.Name} has no files at {version.Source}");
            }
        }
        catch (Exception error) when (IsRemote(error, cancellationToken))
        {
            throw new RegistryException($"the files of version {version.Version} cannot be had: {error.Message}", error);
        }
    }

    /// <summary>A call that ran out of time shows as a cancellation that nobody here asked for.</summary>
    private static bool IsRemote(Exception error, CancellationToken cancellationToken) =>
        error is MlflowException or HttpRequestException or IOException or TimeoutException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
