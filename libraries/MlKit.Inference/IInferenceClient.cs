namespace MlKit.Inference;

/// <summary>Calls of the Open Inference Protocol v2, whatever carries them.</summary>
public interface IInferenceClient
{
    /// <summary>Whether the server can serve; false too where it cannot be reached.</summary>
    Task<bool> IsServerReadyAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether a model (one version of it, or any) can serve; false where the server does not know it.</summary>
    Task<bool> IsModelReadyAsync(string model, string version = "", CancellationToken cancellationToken = default);

    /// <summary>Name, version and extensions of the server.</summary>
    /// <exception cref="InferenceException">The server refused or cannot be reached.</exception>
    Task<ServerMetadata> GetServerMetadataAsync(CancellationToken cancellationToken = default);

    /// <summary>Signature and parameters of a model.</summary>
    /// <exception cref="InferenceException">The server refused (kind NotFound: no such model) or cannot be reached.</exception>
    Task<ModelMetadata> GetModelMetadataAsync(string model, string version = "", CancellationToken cancellationToken = default);

    /// <summary>One inference; tensors travel in binary form.</summary>
    /// <exception cref="InferenceException">The server refused or cannot be reached (kind Unavailable).</exception>
    Task<InferResponse> InferAsync(InferRequest request, CancellationToken cancellationToken = default);
}
