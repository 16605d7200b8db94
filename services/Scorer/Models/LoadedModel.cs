using MlKit.Inference;
using MlKit.Scorer.Onnx;

namespace MlKit.Scorer.Models;

/// <summary>
/// One loaded version of a model. Requests hold a lease; the session is freed when the catalog has let go of it and the
/// last lease is returned.
/// </summary>
internal sealed class LoadedModel(string name, string version, OnnxModel onnx, ModelConfig config, string digest)
{
    private int _references = 1;

    public string Name { get; } = name;

    public string Version { get; } = version;

    /// <summary>SHA-256 of the model file.</summary>
    public string Digest { get; } = digest;

    public OnnxModel Onnx { get; } = onnx;

    public ModelConfig Config { get; } = config;

    /// <summary>Takes a lease; false where the session is already gone, so that the caller looks into the catalog again.</summary>
    public bool TryAcquire()
    {
        while (true)
        {
            var seen = Volatile.Read(ref _references);
            if (seen == 0)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _references, seen + 1, seen) == seen)
            {
                return true;
            }
        }
    }

    /// <summary>Returns a lease, or the catalog's own hold.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            Onnx.Dispose();
        }
    }

    public ModelMetadata ToMetadata(IReadOnlyList<string> versions) => new(
        Name,
        versions,
        "onnxruntime_onnx",
        [.. Onnx.Signature.Inputs.Select(spec => spec.ToMetadata())],
        [.. Onnx.Signature.Outputs.Select(spec => spec.ToMetadata())],
        new Dictionary<string, string>(Onnx.Parameters, StringComparer.Ordinal) { ["mlkit.scorer.version"] = Version });
}
