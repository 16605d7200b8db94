using MlKit.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Inference;

/// <summary>Finds the shape of a raw request: batch 1, and at most one dimension that follows from the length.</summary>
internal static class RawInput
{
    public static Tensor Read(LoadedModel model, ReadOnlyMemory<byte> data)
    {
        var inputs = model.Signature.Inputs;
        if (inputs.Count != 1)
        {
            throw Invalid($"a raw request needs a model with one input, '{model.Name}' has {inputs.Count}");
        }

        var spec = inputs[0];
        if (spec.DataType == TensorDataType.Bytes)
        {
            return new Tensor(spec.Name, spec.DataType, [.. spec.Shape.Select(_ => 1L)], Prefixed(data));
        }

        return new Tensor(spec.Name, spec.DataType, [.. Shape(model, spec, data.Length)], data);
    }

    private static long[] Shape(LoadedModel model, TensorSpec spec, int bytes)
    {
        var shape = (long[])spec.Shape.Clone();
        if (model.Config.MaxBatchSize > 0 || (shape.Count(dimension => dimension < 0) > 1 && shape[0] < 0))
        {
            shape[0] = 1;
        }

        var variable = shape.Count(dimension => dimension < 0);
        if (variable > 1)
        {
            throw Invalid($"a raw request needs an input with at most one variable dimension, '{spec.Name}' has {TensorShape.Format(spec.Shape)}");
        }

        if (variable == 1)
        {
            var rest = shape.Where(dimension => dimension >= 0).Aggregate(1L, (product, dimension) => product * dimension);
            var unit = Math.Max(1, rest * spec.DataType.ElementSize());
            shape[Array.IndexOf(shape, -1L)] = bytes / unit;
        }

        return shape;
    }

    private static byte[] Prefixed(ReadOnlyMemory<byte> data)
    {
        var element = new byte[sizeof(int) + data.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(element, data.Length);
        data.CopyTo(element.AsMemory(sizeof(int)));
        return element;
    }

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
