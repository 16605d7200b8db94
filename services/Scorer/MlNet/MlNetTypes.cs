using Microsoft.ML.Data;
using MlKit.Inference;

namespace MlKit.Scorer.MlNet;

/// <summary>Columns of ML.NET as tensors: a scalar is [N, 1], a vector of n is [N, n], one of any length [N, -1].</summary>
internal static class MlNetTypes
{
    private static readonly Dictionary<Type, TensorDataType> Types = new()
    {
        [typeof(bool)] = TensorDataType.Bool,
        [typeof(byte)] = TensorDataType.UInt8,
        [typeof(ushort)] = TensorDataType.UInt16,
        [typeof(uint)] = TensorDataType.UInt32,
        [typeof(ulong)] = TensorDataType.UInt64,
        [typeof(sbyte)] = TensorDataType.Int8,
        [typeof(short)] = TensorDataType.Int16,
        [typeof(int)] = TensorDataType.Int32,
        [typeof(long)] = TensorDataType.Int64,
        [typeof(float)] = TensorDataType.Fp32,
        [typeof(double)] = TensorDataType.Fp64,
        [typeof(ReadOnlyMemory<char>)] = TensorDataType.Bytes,
    };

    /// <summary>The column as a tensor; null where the protocol cannot carry it.</summary>
    public static Models.TensorSpec? Describe(string name, DataViewType type)
    {
        var item = type is VectorDataViewType vector ? vector.ItemType : type;
        if (!Types.TryGetValue(item.RawType, out var dataType))
        {
            return null;
        }

        long[] shape = type is VectorDataViewType sized ? [-1, sized.Size == 0 ? -1 : sized.Size] : [-1, 1];
        return new Models.TensorSpec(name, dataType, shape);
    }
}
