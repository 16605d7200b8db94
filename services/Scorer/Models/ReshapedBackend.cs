using MlKit.Inference;
using MlKit.Scorer.Configuration;

namespace MlKit.Scorer.Models;

/// <summary>A model some of whose tensors have another shape for clients; the elements stay where they are.</summary>
/// <param name="model">The model.</param>
/// <param name="signature">What clients see.</param>
/// <param name="reshapes">The tensors that differ, by name.</param>
internal sealed class ReshapedBackend(IModelBackend model, ModelSignature signature, TensorReshapes reshapes) : IModelBackend
{
    private readonly TensorReshape?[] _inputs = [.. signature.Inputs.Select(spec => reshapes.Inputs.GetValueOrDefault(spec.Name))];
    private readonly TensorReshape?[] _outputs = [.. signature.Outputs.Select(spec => reshapes.Outputs.GetValueOrDefault(spec.Name))];

    public string Platform => model.Platform;

    public ModelSignature Signature => signature;

    public bool IsBatchable => model.IsBatchable;

    public IReadOnlyDictionary<string, string> Parameters => model.Parameters;

    public Tensor[] Run(IReadOnlyList<Tensor[]> parts, int[] outputs, ref RunTimes times, CancellationToken cancellationToken)
    {
        Tensor[][] own = [.. parts.Select(ToModel)];
        var answers = model.Run(own, outputs, ref times, cancellationToken);
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = _outputs[outputs[i]]?.ToClient(answers[i]) ?? answers[i];
        }

        return answers;
    }

    public void Dispose() => model.Dispose();

    private Tensor[] ToModel(Tensor[] inputs)
    {
        var own = (Tensor[])inputs.Clone();
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = own[i] is { } input && _inputs[i] is { } reshape ? reshape.ToModel(input) : own[i];
        }

        return own;
    }
}
