using MlKit.Inference;

namespace MlKit.Scorer.Models;

/// <summary>What computes a model. Several threads may run it at the same time.</summary>
internal interface IModelBackend : IDisposable
{
    /// <summary>Triton's name of the kind of model, for example <c>onnxruntime_onnx</c>.</summary>
    string Platform { get; }

    /// <summary>What the model itself says that it takes and gives.</summary>
    ModelSignature Signature { get; }

    /// <summary>Every input and output begins with a dimension of any size, so that requests can share a run.</summary>
    bool IsBatchable { get; }

    /// <summary>What the model's author stored in the file, and what loading found out.</summary>
    IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>Computes.</summary>
    /// <param name="parts">
    /// The inputs of each request that shares the run, in the order of <see cref="Signature"/>; more than one are joined
    /// along the first dimension. Null where an optional input is left out.
    /// </param>
    /// <param name="outputs">Indices of the outputs to compute.</param>
    /// <param name="times">When the steps ended.</param>
    /// <param name="cancellationToken">Stops the computation.</param>
    /// <returns>The outputs in the order of <paramref name="outputs"/>, joined as the inputs are.</returns>
    /// <exception cref="InferenceException">InvalidArgument: the model refuses these values; Internal: it failed.</exception>
    Tensor[] Run(IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times, CancellationToken cancellationToken);
}

/// <summary>Timestamps (of <see cref="System.Diagnostics.Stopwatch"/>) of one run.</summary>
internal struct RunTimes
{
    /// <summary>The run began.</summary>
    public long Started;

    /// <summary>The inputs are where the model reads them.</summary>
    public long InputDone;

    /// <summary>The model has computed.</summary>
    public long InferDone;

    /// <summary>The outputs are where the answer is written from.</summary>
    public long OutputDone;
}
