using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using MlKit.Inference;

namespace MlKit.Scorer.Onnx;

/// <summary>Copies tensors into and out of ONNX Runtime's own, well-aligned memory.</summary>
internal static class OnnxTensors
{
    public static OrtValue ToOrt(Tensor tensor)
    {
        var shape = ImmutableCollectionsMarshal.AsArray(tensor.Shape)!;
        if (tensor.DataType == TensorDataType.Bytes)
        {
            return ToOrtStrings([tensor], shape);
        }

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, OnnxTypes.Of(tensor.DataType), shape);
        if (tensor.Count > 0)
        {
            tensor.Data.Span.CopyTo(value.GetTensorMutableRawData());
        }

        return value;
    }

    /// <summary>One input of several requests, joined along the first dimension.</summary>
    public static OrtValue Join(IReadOnlyList<Tensor[]> parts, int input)
    {
        var first = parts[0][input];
        long[] shape = [.. first.Shape];
        shape[0] = parts.Sum(part => part[input].Shape[0]);
        if (first.DataType == TensorDataType.Bytes)
        {
            return ToOrtStrings(parts.Select(part => part[input]), shape);
        }

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, OnnxTypes.Of(first.DataType), shape);
        if (TensorShape.ElementCount(first.Name, shape) > 0)
        {
            var target = value.GetTensorMutableRawData();
            foreach (var part in parts)
            {
                var data = part[input].Data.Span;
                data.CopyTo(target);
                target = target[data.Length..];
            }
        }

        return value;
    }

    public static Tensor FromOrt(string name, OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var type = OnnxTypes.Find(info.ElementDataType)
            ?? throw new InferenceException(InferenceErrorKind.Unsupported, $"output '{name}' has type {info.ElementDataType}, which the protocol cannot carry");
        var shape = ImmutableCollectionsMarshal.AsImmutableArray(info.Shape);
        if (info.ElementCount == 0)
        {
            return new Tensor(name, type, shape, ReadOnlyMemory<byte>.Empty);
        }

        if (type != TensorDataType.Bytes && info.ElementCount * type.ElementSize() > Array.MaxLength)
        {
            throw new InferenceException(
                InferenceErrorKind.InvalidArgument, $"output '{name}' comes out with shape {TensorShape.Format(info.Shape)}; an answer can hold {Array.MaxLength} bytes of it");
        }

        return new Tensor(name, type, shape, type == TensorDataType.Bytes
            ? ReadStrings(value, (int)info.ElementCount)
            : value.GetTensorMutableRawData().ToArray());
    }

    private static OrtValue ToOrtStrings(IEnumerable<Tensor> tensors, long[] shape)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        var index = 0;
        foreach (var element in tensors.SelectMany(tensor => ByteStrings.Split(tensor.Name, tensor.Data)))
        {
            value.StringTensorSetElementAt(element.Span, index++);
        }

        return value;
    }

    private static byte[] ReadStrings(OrtValue value, int count)
    {
        using var data = new MemoryStream();
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        for (var i = 0; i < count; i++)
        {
            var element = value.GetStringElementAsSpan(i);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(prefix, element.Length);
            data.Write(prefix);
            data.Write(element);
        }

        return data.ToArray();
    }
}
