using System.Buffers.Binary;
using MlKit.Inference;

namespace MlKit.Scorer.Scheduling;

/// <summary>Cuts the outputs of a shared run into those of the requests.</summary>
internal static class BatchTensors
{
    /// <summary>The rows of one request; the memory is shared, not copied.</summary>
    /// <param name="output">Rows of all requests.</param>
    /// <param name="first">Rows before those wanted.</param>
    /// <param name="rows">Rows wanted.</param>
    public static Tensor Slice(Tensor output, int first, int rows)
    {
        var shape = output.Shape.SetItem(0, rows);
        var perRow = output.Shape[0] == 0 ? 0 : (int)(output.Count / output.Shape[0]);
        if (output.DataType == TensorDataType.Bytes)
        {
            var start = Skip(output.Data.Span, 0, first * perRow);
            return new Tensor(output.Name, output.DataType, shape, output.Data[start..Skip(output.Data.Span, start, rows * perRow)]);
        }

        var size = perRow * output.DataType.ElementSize();
        return new Tensor(output.Name, output.DataType, shape, output.Data.Slice(first * size, rows * size));
    }

    /// <summary>Whether the first dimension is that of the batch.</summary>
    public static bool HasRows(Tensor output, int rows) => output.Shape.Length > 0 && output.Shape[0] == rows;

    private static int Skip(ReadOnlySpan<byte> data, int at, int elements)
    {
        for (var i = 0; i < elements; i++)
        {
            at += sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(data[at..]);
        }

        return at;
    }
}
