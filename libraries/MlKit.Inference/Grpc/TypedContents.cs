using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Inference.Grpc;

/// <summary>Turns typed tensor contents into the binary form; small integers travel in wider fields and must fit.</summary>
internal static class TypedContents
{
    public static ReadOnlyMemory<byte> ToBinary(string name, TensorDataType type, InferTensorContents? contents)
    {
        if (contents is null)
        {
            throw InferenceException.Invalid($"tensor '{name}' has neither raw nor typed contents");
        }

        var filled = Filled(contents);
        var field = FieldOf(type) ?? throw InferenceException.Invalid($"tensor '{name}': {type.WireName()} has no typed contents; send it raw");
        if (filled.Count > 1 || (filled.Count == 1 && filled[0] != field))
        {
            throw InferenceException.Invalid(
                $"tensor '{name}': {type.WireName()} belongs into {field}, the request fills {string.Join(" and ", filled)}");
        }

        return Read(name, type, contents);
    }

    private static byte[] Read(string name, TensorDataType type, InferTensorContents contents) => type switch
    {
        TensorDataType.Bool => [.. contents.BoolContents.Select(flag => flag ? (byte)1 : (byte)0)],
        TensorDataType.Int8 => Narrow<int, sbyte>(name, contents.IntContents),
        TensorDataType.Int16 => Narrow<int, short>(name, contents.IntContents),
        TensorDataType.Int32 => Narrow<int, int>(name, contents.IntContents),
        TensorDataType.Int64 => Narrow<long, long>(name, contents.Int64Contents),
        TensorDataType.UInt8 => Narrow<uint, byte>(name, contents.UintContents),
        TensorDataType.UInt16 => Narrow<uint, ushort>(name, contents.UintContents),
        TensorDataType.UInt32 => Narrow<uint, uint>(name, contents.UintContents),
        TensorDataType.UInt64 => Narrow<ulong, ulong>(name, contents.Uint64Contents),
        TensorDataType.Fp32 => Narrow<float, float>(name, contents.Fp32Contents),
        TensorDataType.Fp64 => Narrow<double, double>(name, contents.Fp64Contents),
        _ => Join(contents.BytesContents),
    };

    private static byte[] Narrow<TWide, TNarrow>(string name, IReadOnlyList<TWide> values)
        where TWide : INumber<TWide>
        where TNarrow : unmanaged, INumber<TNarrow>
    {
        var size = Unsafe.SizeOf<TNarrow>();
        var data = new byte[values.Count * size];
        for (var i = 0; i < values.Count; i++)
        {
            try
            {
                Unsafe.WriteUnaligned(ref data[i * size], TNarrow.CreateChecked(values[i]));
            }
            catch (OverflowException)
            {
                throw InferenceException.Invalid($"tensor '{name}': element {i} is {values[i]}, which {TensorDataTypes.For<TNarrow>().WireName()} cannot hold");
            }
        }

        return data;
    }

    private static byte[] Join(IReadOnlyList<ByteString> elements)
    {
        var data = new byte[elements.Sum(element => sizeof(int) + element.Length)];
        var at = 0;
        foreach (var element in elements)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at), element.Length);
            element.Span.CopyTo(data.AsSpan(at + sizeof(int)));
            at += sizeof(int) + element.Length;
        }

        return data;
    }

    private static List<string> Filled(InferTensorContents contents)
    {
        (string Name, int Count)[] fields =
        [
            ("bool_contents", contents.BoolContents.Count), ("int_contents", contents.IntContents.Count),
            ("int64_contents", contents.Int64Contents.Count), ("uint_contents", contents.UintContents.Count),
            ("uint64_contents", contents.Uint64Contents.Count), ("fp32_contents", contents.Fp32Contents.Count),
            ("fp64_contents", contents.Fp64Contents.Count), ("bytes_contents", contents.BytesContents.Count),
        ];
        return [.. fields.Where(field => field.Count > 0).Select(field => field.Name)];
    }

    private static string? FieldOf(TensorDataType type) => type switch
    {
        TensorDataType.Bool => "bool_contents",
        TensorDataType.Int8 or TensorDataType.Int16 or TensorDataType.Int32 => "int_contents",
        TensorDataType.Int64 => "int64_contents",
        TensorDataType.UInt8 or TensorDataType.UInt16 or TensorDataType.UInt32 => "uint_contents",
        TensorDataType.UInt64 => "uint64_contents",
        TensorDataType.Fp32 => "fp32_contents",
        TensorDataType.Fp64 => "fp64_contents",
        TensorDataType.Bytes => "bytes_contents",
        _ => null,
    };
}
