using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Inference;

/// <summary>Answers inference requests, whichever protocol they came by.</summary>
internal sealed class Inferencer(ModelCatalog catalog)
{
    /// <summary>Checks a request against the model and runs it. One version answers the whole request.</summary>
    /// <exception cref="InferenceException">With the kind that the protocols translate.</exception>
    public async Task<InferResponse> InferAsync(InferRequest request, CancellationToken cancellationToken)
    {
        RequestParameters.Check(request.Parameters);
        using var lease = catalog.Acquire(request.ModelName, request.ModelVersion);
        return await InferAsync(lease.Model, request, cancellationToken);
    }

    /// <summary>A raw request: the body is the only input, its shape follows from the model.</summary>
    public async Task<InferResponse> InferRawAsync(
        string model, string version, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        using var lease = catalog.Acquire(model, version);
        var request = new InferRequest
        {
            ModelName = model,
            ModelVersion = version,
            Inputs = [RawInput.Read(lease.Model, data)],
        };
        return await InferAsync(lease.Model, request, cancellationToken);
    }

    private static async Task<InferResponse> InferAsync(LoadedModel model, InferRequest request, CancellationToken cancellationToken)
    {
        var signature = model.Onnx.Signature;
        var inputs = signature.Bind(model.Name, request.Inputs, model.Config.MaxBatchSize);
        var outputs = signature.Select(model.Name, request.Outputs);
        var answers = await model.Onnx.RunAsync(inputs, outputs, cancellationToken);
        return new InferResponse { ModelName = model.Name, ModelVersion = model.Version, Id = request.Id, Outputs = answers };
    }
}
