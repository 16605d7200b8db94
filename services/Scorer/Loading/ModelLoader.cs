using System.Security.Cryptography;
using MlKit.Inference;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;

namespace MlKit.Scorer.Loading;

/// <summary>Turns a model file into a loaded, warm version.</summary>
internal sealed class ModelLoader(ScorerOptions options, ProviderChoice provider)
{
    /// <exception cref="InferenceException">The file cannot be served; the message says why.</exception>
    public async Task<LoadedModel> LoadAsync(string name, string version, string file, ModelConfig config, CancellationToken cancellationToken)
    {
        try
        {
            var digest = await DigestAsync(file, cancellationToken);
            var onnx = OnnxModel.Load(file, provider, options);
            return new LoadedModel(name, version, onnx, config, digest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceErrorKind.Unavailable, error.Message, error);
        }
    }

    /// <summary>SHA-256 of a file, in lower-case hexadecimal.</summary>
    public static async Task<string> DigestAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
