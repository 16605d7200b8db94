namespace MlKit.Scorer.Configuration;

/// <summary>The tensors of a model whose shape is another one for clients, by name.</summary>
internal sealed record TensorReshapes(IReadOnlyDictionary<string, TensorReshape> Inputs, IReadOnlyDictionary<string, TensorReshape> Outputs)
{
    /// <summary>There are some.</summary>
    public bool Any => Inputs.Count + Outputs.Count > 0;
}
