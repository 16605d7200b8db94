using MlKit.Inference;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.MlNet;
using MlKit.Scorer.Models;
using MlKit.Scorer.Onnx;

namespace MlKit.Scorer.Loading;

/// <summary>Loads a model file, completes its configuration and warms it up: the same in the scorer and in the probe process.</summary>
internal static class ModelAssembly
{
    /// <param name="source">The model, whose files were looked at by the guard.</param>
    /// <param name="placement">Where it runs.</param>
    /// <param name="batchSize">Largest batch of a batchable model whose configuration names none.</param>
    /// <exception cref="InferenceException">It cannot be served; the message says why.</exception>
    public static (IModelBackend Backend, CompleteConfig Config) Assemble(ModelSource source, OnnxPlacement placement, int batchSize)
    {
        IModelBackend backend = source.IsMlNet ? MlNetBackend.Load(source.File) : OnnxBackend.Load(source.File, placement);
        try
        {
            var complete = ConfigCompletion.Complete(source.Name, source.Settings, backend.Signature, backend.Platform, backend.IsBatchable, batchSize);
            SignatureCheck.Check(source.Mlflow, backend.Signature);
            Warmup.RunExample(source, backend);
            backend = complete.Reshapes.Any ? new ReshapedBackend(backend, complete.Signature, complete.Reshapes) : backend;
            Warmup.RunConfigured(source, backend, complete);
            return (backend, complete);
        }
        catch (Exception error)
        {
            backend.Dispose();
            if (error is FormatException)
            {
                throw new InferenceException(InferenceErrorKind.Unavailable, $"the configuration does not fit the model: {error.Message}", error);
            }

            throw;
        }
    }
}
