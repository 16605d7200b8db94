using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Onnx;

/// <summary>Reads what a session takes and gives, in the model's order.</summary>
internal static class OnnxSignature
{
    /// <exception cref="NotSupportedException">An input or output cannot travel in the protocol; the message names it.</exception>
    public static ModelSignature Read(InferenceSession session) => new(
        [.. session.InputNames.Select(name => Describe("input", name, session.InputMetadata[name]))],
        [.. session.OutputNames.Select(name => DescribeOutput(name, session.OutputMetadata[name]))]);

    /// <summary>Zeros, ones or empty texts of the smallest shape that the input allows.</summary>
    public static Tensor MadeUp(TensorSpec spec)
    {
        var shape = Array.ConvertAll(spec.Shape, dimension => Math.Max(1, dimension));
        var count = TensorShape.ElementCount(spec.Name, shape);
        var data = new byte[count * (spec.DataType == TensorDataType.Bytes ? sizeof(int) : spec.DataType.ElementSize())];
        return new Tensor(spec.Name, spec.DataType, [.. shape], data);
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
