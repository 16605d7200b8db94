namespace MlKit.Mlflow;

/// <summary>
/// What a model takes and gives. <see cref="Inputs"/> and <see cref="Outputs"/> are the tensors; signatures of
/// columns (tables), which Python models may have, are kept as text in <see cref="InputsJson"/> and
/// <see cref="OutputsJson"/>.
/// </summary>
public sealed record ModelSignature
{
    /// <summary>A signature of tensors.</summary>
    public ModelSignature(IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
        InputsJson = SignatureJson.Write(inputs);
        OutputsJson = SignatureJson.Write(outputs);
    }

    internal ModelSignature(string? inputsJson, string? outputsJson)
    {
        InputsJson = inputsJson;
        OutputsJson = outputsJson;
        Inputs = SignatureJson.Read(inputsJson);
        Outputs = SignatureJson.Read(outputsJson);
    }

    /// <summary>The tensors that go in; empty for a signature of columns.</summary>
    public IReadOnlyList<TensorSpec> Inputs { get; }

    /// <summary>The tensors that come out; empty for a signature of columns.</summary>
    public IReadOnlyList<TensorSpec> Outputs { get; }

    /// <summary>MLflow's JSON of the inputs, or null.</summary>
    public string? InputsJson { get; }

    /// <summary>MLflow's JSON of the outputs, or null.</summary>
    public string? OutputsJson { get; }
}
