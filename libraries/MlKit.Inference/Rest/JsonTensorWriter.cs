using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace MlKit.Inference.Rest;

/// <summary>Writes the elements of a tensor as one flat JSON array.</summary>
internal static class JsonTensorWriter
{
    /// <summary>Refuses what has no JSON form, before anything is written.</summary>
    /// <exception cref="InferenceException">The tensor can only be had as binary data.</exception>
    public static void Check(Tensor tensor)
    {
        if (!tensor.DataType.HasJsonForm())
        {
            throw InferenceException.Invalid($"tensor '{tensor.Name}': {tensor.DataType.WireName()} has no JSON form; ask for binary data");
        }

        if (tensor.DataType == TensorDataType.Bytes && ByteStrings.Split(tensor.Name, tensor.Data).Exists(element => !Utf8.IsValid(element.Span)))
        {
            throw InferenceException.Invalid($"tensor '{tensor.Name}': it holds bytes that are not UTF-8 text; ask for binary data");
        }
    }

    /// <summary>Writes the elements of a tensor that was checked.</summary>
    public static void Write(Utf8JsonWriter writer, Tensor tensor)
    {
        switch (tensor.DataType)
        {
            case TensorDataType.Bool:
                WriteEach<byte>(tensor, value => writer.WriteBooleanValue(value != 0));
                break;
            case TensorDataType.UInt8:
                WriteEach<byte>(tensor, value => writer.WriteNumberValue((uint)value));
                break;
            case TensorDataType.UInt16:
                WriteEach<ushort>(tensor, value => writer.WriteNumberValue((uint)value));
                break;
            case TensorDataType.UInt32:
                WriteEach<uint>(tensor, writer.WriteNumberValue);
                break;
            case TensorDataType.UInt64:
                WriteEach<ulong>(tensor, writer.WriteNumberValue);
                break;
            case TensorDataType.Int8:
                WriteEach<sbyte>(tensor, value => writer.WriteNumberValue((int)value));
                break;
            case TensorDataType.Int16:
                WriteEach<short>(tensor, value => writer.WriteNumberValue((int)value));
                break;
            case TensorDataType.Int32:
                WriteEach<int>(tensor, writer.WriteNumberValue);
                break;
            case TensorDataType.Int64:
                WriteEach<long>(tensor, writer.WriteNumberValue);
                break;
            case TensorDataType.Fp32:
                foreach (var value in MemoryMarshal.Cast<byte, float>(tensor.Data.Span))
                {
                    WriteFloating(writer, value);
                }

                break;
            case TensorDataType.Fp64:
                foreach (var value in MemoryMarshal.Cast<byte, double>(tensor.Data.Span))
                {
                    WriteFloating(writer, value);
                }

                break;
            case TensorDataType.Bytes:
                WriteTexts(writer, tensor);
                break;
            default:
                throw new InvalidOperationException($"tensor '{tensor.Name}' was not checked");
        }
    }

    private static void WriteEach<T>(Tensor tensor, Action<T> write)
        where T : unmanaged
    {
        var data = tensor.Data.Span;
        for (var size = System.Runtime.CompilerServices.Unsafe.SizeOf<T>(); data.Length >= size; data = data[size..])
        {
            write(MemoryMarshal.Read<T>(data));
        }
    }

    private static void WriteFloating(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            WriteBareWord(writer, value);
        }
    }

    private static void WriteFloating(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            WriteBareWord(writer, value);
        }
    }

    /// <summary>As Triton prints them and its clients read them; not JSON, which has no form for them.</summary>
    private static void WriteBareWord(Utf8JsonWriter writer, double value) =>
        writer.WriteRawValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8, skipInputValidation: true);

    private static void WriteTexts(Utf8JsonWriter writer, Tensor tensor)
    {
        foreach (var element in ByteStrings.Split(tensor.Name, tensor.Data))
        {
            writer.WriteStringValue(element.Span);
        }
    }
}
