using MlKit.Mlflow;

namespace MlKit.Scorer.Loading;

/// <summary>A version that a registry names.</summary>
/// <param name="Name">Registered name.</param>
/// <param name="Version">Version number.</param>
/// <param name="Identity">Differs for two versions that merely share name and number, as after a registry was reset.</param>
/// <param name="Source">Where the registry keeps the files.</param>
internal sealed record RegistryVersion(string Name, string Version, string Identity, string Source);

/// <summary>The model registry as the scorer needs it.</summary>
internal interface IModelRegistry
{
    /// <summary>The version that the address names now; null where model or alias does not exist.</summary>
    /// <exception cref="RegistryException">The registry cannot be asked.</exception>
    Task<RegistryVersion?> ResolveAsync(ModelUri uri, CancellationToken cancellationToken);

    /// <summary>Copies the model's files into an empty folder.</summary>
    /// <exception cref="RegistryException">The files cannot be had.</exception>
    Task DownloadAsync(RegistryVersion version, string folder, CancellationToken cancellationToken);
}

/// <summary>The registry did not answer as it should; the message says what happened.</summary>
internal sealed class RegistryException(string message, Exception? inner = null) : Exception(message, inner);
