using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Onnx;

/// <summary>Reads what a session takes and gives, in the model's order.</summary>
internal static class OnnxSignature
{
    /// <summary>Beginning of the names that converters give to dimensions which have none.</summary>
    private const string MadeUpName = "unk__";

    /// <exception cref="NotSupportedException">An input or output cannot travel in the protocol; the message names it.</exception>
    public static ModelSignature Read(InferenceSession session) => new(
        [.. session.InputNames.Select(name => Describe("input", name, session.InputMetadata[name]))],
        [.. session.OutputNames.Select(name => DescribeOutput(name, session.OutputMetadata[name]))]);

    /// <summary>
    /// Whether requests can share a run: all inputs and outputs begin with a dimension of any size, and where the inputs
    /// name it, they name the same.
    /// </summary>
    public static bool IsBatchable(InferenceSession session, ModelSignature signature)
    {
        var names = session.InputMetadata.Values
            .Where(input => input.IsTensor && input.SymbolicDimensions.Length > 0)
            .Select(input => input.SymbolicDimensions[0])
            .Where(name => name.Length > 0 && !name.StartsWith(MadeUpName, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
        return signature.Inputs.Count > 0
            && signature.Inputs.Concat(signature.Outputs).All(spec => spec.Shape.Length > 0 && spec.Shape[0] < 0) && names.Count() <= 1;
    }

    private static TensorSpec DescribeOutput(string name, NodeMetadata node) => ClassMaps.IsClassMaps(node)
        ? new TensorSpec(name, TensorDataType.Fp32, [-1, -1])
        : Describe("output", name, node);

    private static TensorSpec Describe(string kind, string name, NodeMetadata node)
    {
        if (!node.IsTensor)
        {
            throw new NotSupportedException($"{kind} '{name}' is {node.OnnxValueType}, and only tensors can be served");
        }

        var type = OnnxTypes.Find(node.ElementDataType)
            ?? throw new NotSupportedException($"{kind} '{name}' has elements of type {node.ElementDataType}, which the protocol cannot carry");
        return new TensorSpec(name, type, Array.ConvertAll(node.Dimensions, dimension => (long)dimension));
    }
}
