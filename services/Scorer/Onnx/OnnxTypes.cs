using Microsoft.ML.OnnxRuntime.Tensors;
using MlKit.Inference;

namespace MlKit.Scorer.Onnx;

/// <summary>ONNX element types and those of the protocol, one to one.</summary>
internal static class OnnxTypes
{
    private static readonly Dictionary<TensorElementType, TensorDataType> FromOnnx = new()
    {
        [TensorElementType.Bool] = TensorDataType.Bool,
        [TensorElementType.UInt8] = TensorDataType.UInt8,
        [TensorElementType.UInt16] = TensorDataType.UInt16,
        [TensorElementType.UInt32] = TensorDataType.UInt32,
        [TensorElementType.UInt64] = TensorDataType.UInt64,
        [TensorElementType.Int8] = TensorDataType.Int8,
        [TensorElementType.Int16] = TensorDataType.Int16,
        [TensorElementType.Int32] = TensorDataType.Int32,
        [TensorElementType.Int64] = TensorDataType.Int64,
        [TensorElementType.Float16] = TensorDataType.Fp16,
        [TensorElementType.BFloat16] = TensorDataType.Bf16,
        [TensorElementType.Float] = TensorDataType.Fp32,
        [TensorElementType.Double] = TensorDataType.Fp64,
        [TensorElementType.String] = TensorDataType.Bytes,
    };

    private static readonly Dictionary<TensorDataType, TensorElementType> ToOnnx = FromOnnx.ToDictionary(pair => pair.Value, pair => pair.Key);

    public static TensorDataType? Find(TensorElementType type) => FromOnnx.TryGetValue(type, out var found) ? found : null;

    public static TensorElementType Of(TensorDataType type) => ToOnnx[type];
}
