using MlKit.Inference;
using MlKit.Mlflow;

namespace MlKit.Scorer.Loading;

/// <summary>Compares the signature that was logged with a model with the one of its file.</summary>
internal static class SignatureCheck
{
    /// <exception cref="InferenceException">Unavailable: they differ; the message says in what.</exception>
    public static void Check(MlModelFile? logged, Models.ModelSignature file)
    {
        if (logged?.Signature is { } signature)
        {
            Check("input", signature.Inputs, file.Inputs);
            Check("output", signature.Outputs, file.Outputs);
        }
    }

    private static void Check(string kind, IReadOnlyList<Mlflow.TensorSpec> logged, IReadOnlyList<Models.TensorSpec> file)
    {
        foreach (var tensor in logged.Where(tensor => tensor.Name is { Length: > 0 }))
        {
            var found = file.FirstOrDefault(spec => spec.Name == tensor.Name) ?? throw Differs(
                $"it logs {kind} '{tensor.Name}', the file has {string.Join(", ", file.Select(spec => $"'{spec.Name}'"))}");
            if (TypeOf(tensor.DataType) is { } type && type != found.DataType)
            {
                throw Differs($"{kind} '{tensor.Name}' is logged as {tensor.DataType}, the file has {found.DataType.WireName()}");
            }

            if (tensor.Shape.Count != found.Shape.Length
                || tensor.Shape.Where((dimension, i) => dimension >= 0 && found.Shape[i] >= 0 && dimension != found.Shape[i]).Any())
            {
                throw Differs($"{kind} '{tensor.Name}' is logged with shape [{string.Join(",", tensor.Shape)}], the file has {TensorShape.Format(found.Shape)}");
            }
        }
    }

    private static TensorDataType? TypeOf(string numpy) => numpy switch
    {
        "float32" => TensorDataType.Fp32,
        "float64" => TensorDataType.Fp64,
        "float16" => TensorDataType.Fp16,
        "bool" => TensorDataType.Bool,
        "str" or "object" => TensorDataType.Bytes,
        _ when Enum.TryParse<TensorDataType>(numpy, ignoreCase: true, out var type) => type,
        _ => null,
    };

    private static InferenceException Differs(string message) =>
        new(InferenceErrorKind.Unavailable, $"the model is not what its MLmodel file says: {message}");
}
