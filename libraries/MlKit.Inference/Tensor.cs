using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace MlKit.Inference;

/// <summary>
/// A named tensor: row-major elements in the binary form of the protocol (little-endian; BYTES with 4-byte lengths).
/// </summary>
public sealed class Tensor
{
    /// <summary>Wraps data that are already in binary form; they are checked against type and shape, not copied.</summary>
    /// <exception cref="InferenceException">The number of bytes or elements does not fit the shape.</exception>
    public Tensor(string name, TensorDataType dataType, ImmutableArray<long> shape, ReadOnlyMemory<byte> data)
    {
        Name = name;
        DataType = dataType;
        Shape = shape;
        Data = data;
        Count = TensorShape.ElementCount(name, shape.AsSpan());
        CheckSize();
    }

    /// <summary>The name by which the model knows it.</summary>
    public string Name { get; }

    /// <summary>Type of the elements.</summary>
    public TensorDataType DataType { get; }

    /// <summary>Dimensions, outermost first, the batch included; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements in binary form.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>Parameters of this tensor: strings, booleans, <see cref="long"/>, <see cref="ulong"/> or <see cref="double"/>.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = NoParameters.Instance;

    /// <summary>Copies values into a tensor of the type that belongs to <typeparamref name="T"/>.</summary>
    /// <exception cref="InferenceException">The number of values does not fit the shape.</exception>
    public static Tensor Create<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged =>
        new(name, TensorDataTypes.For<T>(), [.. shape], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Writes texts as UTF-8 into a BYTES tensor.</summary>
    /// <exception cref="InferenceException">The number of texts does not fit the shape.</exception>
    public static Tensor FromStrings(string name, ReadOnlySpan<string> values, params ReadOnlySpan<long> shape) =>
        new(name, TensorDataType.Bytes, [.. shape], ByteStrings.Encode(values));

    /// <summary>Copies the elements into an array.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another type; the message names both.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var wanted = TensorDataTypes.For<T>();
        if (wanted != DataType)
        {
            throw new InvalidOperationException($"tensor '{Name}' holds {DataType.WireName()}, not {wanted.WireName()}");
        }

        var values = new T[Count];
        Data.Span.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>The elements of a BYTES tensor as UTF-8 text.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another type.</exception>
    public string[] ToStrings()
    {
        if (DataType != TensorDataType.Bytes)
        {
            throw new InvalidOperationException($"tensor '{Name}' holds {DataType.WireName()}, not BYTES");
        }

        return [.. ByteStrings.Split(Name, Data).Select(element => Encoding.UTF8.GetString(element.Span))];
    }

    private void CheckSize()
    {
        if (DataType == TensorDataType.Bytes)
        {
            ByteStrings.Validate(Name, Data.Span, Count);
            return;
        }

        var expected = (long)Count * DataType.ElementSize();
        if (Data.Length != expected)
        {
            throw InferenceException.Invalid(
                $"tensor '{Name}': {Data.Length} bytes of data, shape {TensorShape.Format(Shape.AsSpan())} of {DataType.WireName()} takes {expected}");
        }
    }
}
