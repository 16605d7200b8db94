using MlKit.Inference;

namespace MlKit.Scorer.Models;

/// <summary>An input or output of a model as clients see it.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="DataType">Type of the elements.</param>
/// <param name="Shape">Dimensions, the batch included; -1: any size.</param>
internal sealed record TensorSpec(string Name, TensorDataType DataType, long[] Shape)
{
    private const long MostMadeUp = 1 << 28;

    /// <summary>A request may leave the input out.</summary>
    public bool IsOptional { get; init; }

    public TensorMetadata ToMetadata() => new(Name, DataType.WireName(), Shape);

    /// <summary>Refuses a tensor that does not fit, naming it and what is expected.</summary>
    public void Check(Tensor tensor)
    {
        if (tensor.DataType != DataType)
        {
            throw Invalid($"input '{Name}' has datatype {tensor.DataType.WireName()}, the model takes {DataType.WireName()}");
        }

        // The runtime shows a shape that the model leaves open as that of a scalar, and checks it itself.
        var fits = tensor.Shape.Length == Shape.Length || Shape.Length == 0;
        for (var i = 0; fits && i < Shape.Length; i++)
        {
            fits = Shape[i] < 0 || Shape[i] == tensor.Shape[i];
        }

        if (!fits)
        {
            throw Invalid(
                $"input '{Name}' has shape {TensorShape.Format(tensor.Shape.AsSpan())}, the model takes {TensorShape.Format(Shape)}");
        }
    }

    /// <summary>Zeros or empty texts of the smallest shape that the input allows.</summary>
    /// <exception cref="InferenceException">InvalidArgument: it is too large to be made up.</exception>
    public Tensor MadeUp()
    {
        var shape = Array.ConvertAll(Shape, dimension => Math.Max(1, dimension));
        return Zeros(Name, DataType, shape);
    }

    /// <summary>A tensor of zeros or empty texts.</summary>
    /// <exception cref="InferenceException">InvalidArgument: no tensor has such a shape, or it is too large to be made up.</exception>
    public static Tensor Zeros(string name, TensorDataType type, long[] shape)
    {
        var bytes = (long)TensorShape.ElementCount(name, shape) * (type == TensorDataType.Bytes ? sizeof(int) : type.ElementSize());
        return bytes <= MostMadeUp
            ? new Tensor(name, type, [.. shape], new byte[bytes])
            : throw Invalid($"input '{name}' of shape {TensorShape.Format(shape)} is too large to be made up: more than {MostMadeUp} bytes");
    }

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
